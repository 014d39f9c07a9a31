import { randomUUID } from 'node:crypto';
import { EmbeddedEventLog, type Subscription } from '#stream';

/**
 * The process that is killed in libs/stream/src/embedded/survives-kill.spec.ts: appends records of changing size to the log in the folder
 * given, commits every second batch it is handed, and prints what was acknowledged once it was.
 */
const log = EmbeddedEventLog.open({ directory: process.argv[2]! });
const topic = 'killed';
await log.ensureTopics([{ name: topic, partitions: 1, cleanup: 'delete', retentionMs: 3_600_000 }]);
let batches = 0;
const subscription: Subscription = await log.subscribe({
  group: 'child',
  topics: [topic],
  maxBatchRecords: 20,
  handler: {
    onBatch: async ({ partition, records }) => {
      if ((batches += 1) % 2 === 0) return;
      const nextOffset = records[0]!.offset;
      await subscription.commit([{ topic, partition, nextOffset }]);
      process.stdout.write(`committed ${nextOffset}\n`);
    },
  },
  onFailure: (error) => {
    throw error;
  },
});
while (true) {
  const texts = Array.from({ length: 1 + (batches % 5) }, () => randomUUID().repeat(1 + (batches % 7)));
  const records = texts.map((text) => ({
    key: 'stay',
    value: Buffer.from(text),
    headers: {},
    timestampMs: Date.now(),
  }));
  await log.append(topic, records);
  for (const text of texts) process.stdout.write(`appended ${text}\n`);
}
