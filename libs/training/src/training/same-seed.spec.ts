import { hasNativeTensorFlow, TensorRuntime } from '#engine';
import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { madeUpTask, TWO_MEMBERS } from './made-up-training.js';
import { train, type TrainingEnd } from './train.js';

/** A training of a few steps takes seconds on an idle machine, and much longer on a busy one. */
const PATIENT_MS = 180_000;
const NAME = 'the same seed on the same machine, on native TensorFlow';

async function weightsOf(runtime: TensorRuntime, seed: number): Promise<Record<string, number[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'vigil-seed-'));
  const settings = { ...TWO_MEMBERS.settings!, seed };
  const end = (await train(madeUpTask(runtime, folder, { settings }))) as Extract<TrainingEnd, { kind: 'finished' }>;
  await rm(folder, { recursive: true });
  return Object.fromEntries(Object.entries(end.weights).map(([name, { values }]) => [name, [...values]]));
}

if (hasNativeTensorFlow('native')) {
  describe(NAME, () => {
    it(
      'gives the same weights to the bit, in all phases of a training',
      async () => {
        const runtime = await TensorRuntime.load('native');
        const first = await weightsOf(runtime, 3);
        expect(await weightsOf(runtime, 3)).toEqual(first);
        expect(await weightsOf(runtime, 4)).not.toEqual(first);
      },
      PATIENT_MS,
    );
  });
} else {
  describe(NAME, () => {
    it.skip('needs native TensorFlow: npm run setup:tensorflow', () => undefined);
  });
}
