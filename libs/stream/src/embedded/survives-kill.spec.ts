import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { EmbeddedEventLog } from './embedded-event-log.js';

/** Acknowledgements to wait for before the kill; the child goes on appending meanwhile. */
const ACKNOWLEDGEMENTS = 200;

const CHILD = fileURLToPath(new URL('../../../../test/support/append-until-killed.js', import.meta.url));

/** Runs the child until it has acknowledged enough, kills it with SIGKILL, and gives what it acknowledged and committed. */
async function appendAndKill(directory: string): Promise<{ acknowledged: string[]; committed: bigint }> {
  const child = spawn(process.execPath, [CHILD, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  const acknowledged: string[] = [];
  let committed = 0n;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, of] = line.split(' ') as [string, string];
    if (what === 'appended') acknowledged.push(of);
    if (what === 'committed') committed = BigInt(of);
    if (acknowledged.length === ACKNOWLEDGEMENTS) child.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');
  return { acknowledged, committed };
}

describe('an embedded log whose process was killed', () => {
  it('has everything that was acknowledged, and the last commit', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'vigil-kill-'));
    for (let life = 0; life < 2; life++) {
      const { acknowledged, committed } = await appendAndKill(directory);
      const log = EmbeddedEventLog.open({ directory });
      const kept: string[] = [];
      for await (const { value } of log.readToEnd('killed')) kept.push(Buffer.from(value!).toString());
      expect(acknowledged.length).toBeGreaterThanOrEqual(ACKNOWLEDGEMENTS);
      expect(acknowledged.filter((text) => !kept.includes(text))).toEqual([]);
      const first = await new Promise<bigint>((resolve, reject) => {
        const onBatch = async ({ records }: { records: readonly { offset: bigint }[] }) => resolve(records[0]!.offset);
        void log.subscribe({ group: 'child', topics: ['killed'], handler: { onBatch }, onFailure: reject });
      });
      expect(first).toBeGreaterThanOrEqual(committed);
      expect(committed).toBeGreaterThan(0n);
      await log.close();
    }
    await rm(directory, { recursive: true });
  });
});
