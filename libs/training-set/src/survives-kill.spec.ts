import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { numberedStay } from '../../../test/support/training-set/completed-stays.js';
import type { TrainingSetChange } from './training-set-change.js';
import { TrainingSet } from './training-set.js';

const CHILD = join(import.meta.dirname, '../../../test/support/training-set/apply-until-killed.js');

/** Lets a process take stays in from a number on, and kills it in the middle of one. @returns the last number it said was durable */
async function applyUntilKilled(folder: string, from: number, after: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, folder, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let last = from - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === from + after) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return last;
}

/** The last stay for each id among the numbers up to one. */
function changesUpTo(last: number): TrainingSetChange[] {
  const stays = new Map(Array.from({ length: last + 1 }, (_, number) => [number % 12, numberedStay(number)]));
  return [...stays.values()].map((stay) => ({ kind: 'completed', stay }));
}

describe('a training set whose process is killed', () => {
  it('has what was durable, and becomes whole when the rest comes again', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'killed');
    let last = -1;
    for (const after of [3, 9]) {
      last = await applyUntilKilled(path, last + 1, after);
      const killed = await TrainingSet.open({ folder: path });
      const inHand = `stay-${(last + 1) % 12}`;
      const durable = changesUpTo(last).filter(
        (change) => change.kind === 'completed' && change.stay.stayId !== inHand,
      );
      expect(new Set(await killed.apply(durable))).toEqual(new Set(['duplicate']));
    }
    const killed = await TrainingSet.open({ folder: path });
    const whole = await TrainingSet.open({ folder: join(folder.path, 'whole') });
    for (const set of [killed, whole]) await set.apply(changesUpTo(last + 1));
    expect(killed.summary()).toEqual(whole.summary());
  }, 120_000);
});
