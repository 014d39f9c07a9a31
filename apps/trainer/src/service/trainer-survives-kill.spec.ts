import { HOUR_MS, type Observation } from '#clinical';
import { seededRandom } from '#evaluation';
import { decodeSafetensors, readBundle } from '#model';
import type { NetworkWeights } from '#network';
import type { CompletedStay } from '#wire';
import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ADMITTED_AT_MS, completedStay } from '../../../../test/support/training-set/completed-stays.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';

/** Six processes start, three of which train; a busy machine takes its time. */
const PATIENT_MS = 240_000;
const PROGRAM = join(import.meta.dirname, 'trial-service.js');
const TRAINING = join('trainings', '20261201-000000');
const SEED = Date.now() % 100_000;

/** Stays that ended after thirty hours with a heart rate an hour; whoever died had a faster one. */
function endedStays(): CompletedStay[] {
  return Array.from({ length: 48 }, (_, stay) => {
    const admittedAtMs = ADMITTED_AT_MS + stay * HOUR_MS;
    const died = stay % 3 === 0;
    const observations = Array.from({ length: 30 }, (_, hour): Observation => {
      const at = admittedAtMs + hour * HOUR_MS;
      const value = (died ? 100 : 70) + ((stay + hour) % 9);
      return { signal: 'heart-rate', value, effectiveAtMs: at, availableAtMs: at, source: 'monitor' };
    });
    return completedStay(`stay-${stay}`, { admittedAtMs, outcome: died ? 'died' : 'survived' }, observations);
  });
}

/** Runs the service; `onStep` is told of every step of the training. @returns its exit code, or the signal that ended it */
async function serve(
  directory: string,
  champion: string,
  onStep: (epoch: number, batch: number, kill: () => void) => void = () => undefined,
): Promise<number | string> {
  const stays = join(directory, '..', 'stays.json');
  const service = spawn(process.execPath, [PROGRAM, directory, champion, stays], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(service, 'exit');
  for await (const line of createInterface({ input: service.stdout })) {
    const [epoch, batch] = line.split(' ').map(Number) as [number, number];
    onStep(epoch, batch, () => service.kill('SIGKILL'));
  }
  const [code, signal] = (await exited) as [number | null, string | null];
  return code ?? signal!;
}

async function childOf(directory: string): Promise<number> {
  return (JSON.parse(await readFile(join(directory, TRAINING, 'child.json'), 'utf8')) as { pid: number }).pid;
}

/** Weights, averages and moments after the last epoch. */
async function optimiserOf(directory: string): Promise<NetworkWeights> {
  return decodeSafetensors(await readFile(join(directory, 'work-at-end', 'local-20261201-000000.checkpoint')));
}

describe('a trainer that is killed in the middle of an epoch', () => {
  it(
    `with the process that trains, ends with the weights of one that was left alone (seed ${SEED})`,
    async () => {
      await using champion = await untrainedRelease();
      await using folder = await temporaryFolder();
      const [killed, whole] = [join(folder.path, 'killed'), join(folder.path, 'whole')];
      await writeFile(join(folder.path, 'stays.json'), JSON.stringify(endedStays()));
      // in the second or third epoch, so that there is something to go on from
      const random = seededRandom(SEED);
      const point = { epoch: 1 + Math.floor(2 * random()), batch: Math.floor(2 * random()) };
      const leftAlone = serve(whole, champion.path);
      let child: Promise<number> | undefined;
      const end = await serve(killed, champion.path, (epoch, batch, kill) => {
        if (child !== undefined || epoch < point.epoch || (epoch === point.epoch && batch < point.batch)) return;
        child = childOf(killed).then((pid) => {
          // the service first: it would start its process anew
          kill();
          process.kill(pid, 'SIGKILL');
          return pid;
        });
      });
      expect(end).toBe('SIGKILL');
      await child;
      expect(existsSync(join(killed, TRAINING, 'release'))).toBe(false);
      expect(await serve(killed, champion.path)).toBe(0);
      expect(await leftAlone).toBe(0);
      const ended = async (of: string) => JSON.parse(await readFile(join(of, 'ended.json'), 'utf8')) as object[];
      expect(await ended(killed)).toMatchObject([{ state: 'finished', restarts: 1, release: { state: 'kept' } }]);
      expect(await ended(whole)).toMatchObject([{ state: 'finished', restarts: 0, release: { state: 'kept' } }]);
      // it did not begin anew
      expect(await readFile(join(killed, TRAINING, 'train.log'), 'utf8')).toMatch(/going on/);
      const [found, expected] = [await optimiserOf(killed), await optimiserOf(whole)];
      expect(Object.keys(expected)).toEqual(
        expect.arrayContaining(['weights/risk.head.bias', 'second/risk.head.bias']),
      );
      expect(found).toEqual(expected);
      const bundles = await Promise.all([killed, whole].map((of) => readBundle(join(of, TRAINING, 'release'))));
      expect(bundles[0]!.weights()).toEqual(bundles[1]!.weights());
      for (const name of ['stays', 'work', 'child.json']) expect(existsSync(join(killed, TRAINING, name))).toBe(false);
    },
    PATIENT_MS,
  );
});
