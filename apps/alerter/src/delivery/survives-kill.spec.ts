import { describe, expect, it } from '@jest/globals';
import { EmbeddedEventLog } from '#stream';
import { topicLayout, TOPICS } from '#wire';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alertIdOf, alertRecord, madeAlert } from '../../../../test/support/delivery/made-alert.js';
import { Receiver, type Received } from '../../../../test/support/delivery/receiver.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';

const CHILD = fileURLToPath(new URL('deliver-until-killed.js', import.meta.url));
const STAYS = 12;
const SEQUENCES = [2, 3, 4, 5, 6];
const SEED = Math.floor(Math.random() * 1_000);
/** Deliveries after which each life of the process ends; the last one lives until all is delivered. */
const LIVES = [1 + (SEED % 17), 25 + (SEED % 19)];

/** Puts the transitions of all stays on a log in the folder. */
async function fillLog(folder: string): Promise<void> {
  const log = EmbeddedEventLog.open({ directory: join(folder, 'log') });
  await log.ensureTopics([topicLayout(TOPICS.alerts, 3), topicLayout(TOPICS.deadLetters, 3)]);
  const changedAtMs = Date.now();
  for (const sequence of SEQUENCES) {
    const alerts = Array.from({ length: STAYS }, (_, i) =>
      madeAlert({ stayId: `s-${i}`, sequence, changedAtMs, alertId: alertIdOf(`s-${i}`) }),
    );
    await log.append(TOPICS.alerts, alerts.map(alertRecord));
  }
  await log.close();
}

const idOf = ({ headers }: Received): string => String(headers['webhook-id']);

describe('a delivery whose process is killed', () => {
  it(`has delivered everything in the end, in order, and little twice (seed ${SEED})`, async () => {
    await using folder = await temporaryFolder();
    let count = 0;
    const accepted: string[] = [];
    await using receiver = await Receiver.listen((request) => {
      if ((count += 1) % 5 === 0) return { status: 503 };
      accepted.push(idOf(request));
      return { status: 204 };
    });
    const file = join(folder.path, 'sinks.json');
    const delivery = { firstPauseMs: 10, longestPauseMs: 20, concurrency: 4, openCircuitAfter: 50 };
    const sink = { type: 'webhook', name: 'w', url: receiver.url, secrets: ['KILL_SECRET'], delivery };
    await writeFile(file, JSON.stringify({ version: 1, sinks: [sink] }));
    const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
    const live = async (until: () => boolean): Promise<void> => {
      const child = spawn(process.execPath, [CHILD, folder.path, file], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, KILL_SECRET: secret },
      });
      const ended = new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
      await receiver.until(until);
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
    };
    await fillLog(folder.path);
    for (const deliveries of LIVES) await live(() => accepted.length >= deliveries);
    await live(() => new Set(accepted).size === STAYS * SEQUENCES.length);
    for (let stay = 0; stay < STAYS; stay++) {
      const ids = accepted.filter((id) => id.startsWith(alertIdOf(`s-${stay}`)));
      expect([...new Set(ids)]).toEqual(SEQUENCES.map((sequence) => `${alertIdOf(`s-${stay}`)}-${sequence}`));
    }
    // what was under way when the process was killed: as many as may be at once, for each of the kills
    const twice = accepted.length - STAYS * SEQUENCES.length;
    expect(twice).toBeLessThanOrEqual(4 * LIVES.length);
  });
});
