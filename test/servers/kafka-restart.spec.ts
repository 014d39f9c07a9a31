import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { KafkaEventLog } from '#stream';
import { BatchRecorder } from '../contract/batch-recorder.js';
import { after, EventLogBench } from '../contract/event-log-bench.js';
import { outgoing } from '../contract/outgoing.js';

/** A broker of this spec's own, since it is killed. */
const PORT = 19_192;

async function startBroker(directory: string): Promise<number> {
  const { stdout } = await promisify(execFile)('test/servers/start-kafka.sh', [directory, `${PORT}`]);
  return Number(stdout.trim());
}

describe('KafkaEventLog whose broker is killed', () => {
  it('loses nothing that was acknowledged, and goes on reading and committing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'vigil-kafka-'));
    let broker = await startBroker(directory);
    const bench = new EventLogBench({
      open: () => KafkaEventLog.open({ brokers: [`127.0.0.1:${PORT}`] }),
      destroy: () => rm(directory, { recursive: true }),
    });
    try {
      const log = await bench.open({ partitions: 2 });
      const recorder = new BatchRecorder();
      const subscription = await bench.subscribe(recorder);
      const acknowledged = new Set<string>();
      for (let index = 0; index < 300; index++) {
        const text = `${index}`;
        if (index === 100) {
          process.kill(broker, 'SIGKILL');
          void startBroker(directory).then((pid) => (broker = pid));
        }
        await log.append(bench.topic, [outgoing(`stay-${index % 10}`, text)]);
        acknowledged.add(text);
      }
      await recorder.until((seen) => new Set(seen.texts()).size === acknowledged.size);
      await recorder.until(() => subscription.assigned().length === 2);
      const positions = subscription.assigned().map(({ partition }) => {
        return after(recorder.records().filter((record) => record.partition === partition));
      });
      await subscription.commit(positions);
      expect(recorder.records().length).toBeGreaterThanOrEqual(acknowledged.size);
    } finally {
      await bench.destroy();
      process.kill(broker, 'SIGKILL');
    }
  }, 120_000);
});
