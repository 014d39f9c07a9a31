import { TensorRuntime } from '#engine';
import { initialWeights, type NetworkWeights } from '#network';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planEpoch, randomOf } from '../batches/epoch-plan.js';
import { fitScales, WindowEncoder } from '../batches/window-encoder.js';
import { readCheckpoint } from './checkpoint.js';
import { MADE_UP_HYPER, MADE_UP_STAYS, madeUpStore, madeUpTask, TWO_MEMBERS } from './made-up-training.js';
import { CheckpointMismatch, train, type TrainingEnd } from './train.js';
import { DEFAULT_SETTINGS } from './training-settings.js';
import type { TrainingTask } from './training-task.js';

/** A training of a few steps takes seconds on an idle machine, and much longer on a busy one. */
const PATIENT_MS = 180_000;

describe('planEpoch', () => {
  it('takes every training stay once, never a validation stay, in another order each epoch', () => {
    const store = madeUpStore();
    const plan = planEpoch(store, 5, 1, 0);
    const stays = plan.flat().map((index) => store.labels[index]!);
    expect(plan.map((batch) => batch.length)).toEqual([5, 5, 5]);
    expect(new Set(stays.map(({ stayId }) => stayId)).size).toBe(15);
    expect(stays.every(({ part }) => part === 'train')).toBe(true);
    expect(planEpoch(store, 5, 1, 0)).toEqual(plan);
    expect(planEpoch(store, 5, 1, 1)).not.toEqual(plan);
  });
});

function expectClose(found: Float32Array, expected: Float32Array): void {
  expected.forEach((value, at) => expect(found[at]).toBeCloseTo(value, 5));
}

describe('train', () => {
  let runtime: TensorRuntime;
  let folder: string;
  beforeAll(async () => {
    runtime = await TensorRuntime.load();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigil-train-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  type Finished = Extract<TrainingEnd, { kind: 'finished' }>;

  const taskOf = (change: Partial<TrainingTask> = {}, stopAfter = Infinity): TrainingTask =>
    madeUpTask(runtime, folder, change, stopAfter);

  it(
    'ends with the same weights whether it was interrupted or not',
    async () => {
      const whole = (await train(taskOf())) as Extract<TrainingEnd, { kind: 'finished' }>;
      expect(await train(taskOf({}, 3))).toEqual({ kind: 'interrupted', epoch: 1, batch: 1 });
      const resumed = (await train(taskOf({ resume: true }))) as typeof whole;
      expect(resumed.kind).toBe('finished');
      expect(resumed.history).toEqual(whole.history);
      for (const [name, { values }] of Object.entries(whole.weights))
        expectClose(resumed.weights[name]!.values, values);
    },
    PATIENT_MS,
  );

  it(
    'leaves the risk network alone while the imputer learns, and follows a teacher where there is one',
    async () => {
      const start = initialWeights(MADE_UP_HYPER, randomOf(`${DEFAULT_SETTINGS.seed}|weights`));
      const seen: NetworkWeights[] = [];
      const onEpochWeights = (_: number, weights: () => NetworkWeights): number => seen.push(weights());
      await train(taskOf({ onEpochWeights }));
      expect(seen).toHaveLength(3);
      const [pretrained, joint] = seen as [NetworkWeights, NetworkWeights];
      expectClose(pretrained['risk.lstm1.input']!.values, start['risk.lstm1.input']!.values);
      expect(pretrained['imputer.first.weight']).not.toEqual(start['imputer.first.weight']);
      expect(joint['risk.lstm1.input']).not.toEqual(start['risk.lstm1.input']);
      const taught: NetworkWeights[] = [];
      const teacher = new Float32Array(2 * MADE_UP_STAYS).fill(0.99);
      await train(taskOf({ teacher, onEpochWeights: (_, weights) => taught.push(weights()) }));
      expect(taught[0]).toEqual(pretrained);
      expect(taught[1]!['risk.head.bias']!.values[0]!).toBeGreaterThan(joint['risk.head.bias']!.values[0]!);
    },
    PATIENT_MS,
  );

  it(
    'learns further risk networks on the imputer that is there, and goes on among them after an interruption',
    async () => {
      const whole = (await train(taskOf(TWO_MEMBERS))) as Finished;
      expect(whole.hyper.risk.members).toBe(2);
      expect(whole.history.map(({ phase, member }) => `${phase} ${member}`)).toEqual([
        ...['imputer 0', 'joint 0', 'joint 0', 'risk 1', 'risk 1'],
      ]);
      expect(Object.keys(whole.history.at(-1)!.together!)).toEqual(['24']);
      // six steps of the first stage, then one of the second's four
      expect(await train(taskOf(TWO_MEMBERS, 7))).toEqual({ kind: 'interrupted', epoch: 3, batch: 1 });
      const early = (await train(taskOf({ ...TWO_MEMBERS, resume: true, finishNow: true }))) as Finished;
      expect(early.hyper.risk.members).toBe(1);
      expect(Object.keys(early.weights).some((name) => name.startsWith('risk.1.'))).toBe(false);
      const resumed = (await train(taskOf({ ...TWO_MEMBERS, resume: true }))) as Finished;
      expect(resumed.history).toEqual(whole.history);
      for (const [name, { values }] of Object.entries(whole.weights))
        expectClose(resumed.weights[name]!.values, values);
      for (const [name, { values }] of Object.entries(early.weights)) expectClose(whole.weights[name]!.values, values);
    },
    PATIENT_MS,
  );

  it(
    'leaves a frozen imputer as it was given, and refuses to freeze one that was not',
    async () => {
      const settings = { ...taskOf().settings, freezeImputer: true, riskEpochs: 1, riskBatchSize: 7 };
      await expect(train(taskOf({ settings }))).rejects.toThrow('name weights to start from');
      const startFrom = initialWeights(MADE_UP_HYPER, randomOf('another release'));
      const end = (await train(taskOf({ settings, startFrom }))) as Finished;
      expect(end.history.map(({ phase }) => phase)).toEqual(['risk']);
      for (const name of Object.keys(startFrom).filter((one) => !one.startsWith('risk.')))
        expectClose(end.weights[name]!.values, startFrom[name]!.values);
      expect(end.weights['risk.head.weight']).not.toEqual(startFrom['risk.head.weight']);
      // with a risk network kept as well, only the second moves
      const two = { ...settings, keptMembers: 1, hyper: TWO_MEMBERS.settings!.hyper };
      const grown = (await train(taskOf({ settings: two, startFrom }))) as Finished;
      expect(grown.history.map(({ member }) => member)).toEqual([1]);
      for (const name of Object.keys(startFrom)) expectClose(grown.weights[name]!.values, startFrom[name]!.values);
      expect(grown.hyper.risk.members).toBe(2);
      await expect(train(taskOf({ settings: { ...two, keptMembers: 2 }, startFrom }))).rejects.toThrow('2 of 2');
    },
    PATIENT_MS,
  );

  it('takes stays that fill no batch as one smaller batch, for both networks and for each further one', async () => {
    const batches: number[] = [];
    const { observer } = taskOf();
    const counted = { ...observer, step: (_epoch: number, _batch: number, of: number) => void batches.push(of) };
    const settings = { ...TWO_MEMBERS.settings!, batchSize: 16, riskBatchSize: 256 };
    const { weights } = (await train(taskOf({ settings, observer: counted }))) as Finished;
    expect(batches).toEqual([1, 1, 1, 1, 1]);
    expect(weights['risk.1.head.weight']!.values).not.toEqual(weights['risk.head.weight']!.values);
  });

  it('refuses to learn from a single stay', async () => {
    const { encoder } = taskOf();
    const labels = encoder.store.labels.map((label) => ({
      ...label,
      part: label.stayId === 's0' ? label.part : ('validation' as const),
    }));
    const store = { ...encoder.store, labels };
    await expect(train(taskOf({ encoder: new WindowEncoder(store, fitScales(store)) }))).rejects.toThrow(
      '1 training stays are too few',
    );
  });

  it(
    'goes by the hours at which both outcomes occur, and by none where there is no such hour',
    async () => {
      const { encoder } = taskOf();
      const { labels } = encoder.store;
      const of = (died: boolean): number[] =>
        [...labels.keys()].filter((index) => labels[index]!.part === 'validation' && labels[index]!.died === died);
      const both = [...of(true), ...of(false)];
      const some = (await train(
        taskOf({
          validationWindows: new Map([
            [24, both],
            [48, of(false)],
          ]),
        }),
      )) as Finished;
      const joint = some.history.filter(({ phase }) => phase === 'joint');
      for (const { auroc, meanAuroc } of joint) expect(meanAuroc).toBe(auroc['24']);
      const weights: NetworkWeights[] = [];
      const none = (await train(
        taskOf({
          validationWindows: new Map([[24, of(false)]]),
          onEpochWeights: (_, copy) => weights.push(copy()),
        }),
      )) as Finished;
      expect(none.history.map(({ meanAuroc }) => meanAuroc)).toEqual([0, 0, 0]);
      // no epoch is better than another, so the last counts, which has learned most
      expectClose(none.weights['risk.head.weight']!.values, weights[2]!['risk.head.weight']!.values);
    },
    PATIENT_MS,
  );

  it('refuses to go on with a checkpoint of another training', async () => {
    await train(taskOf({}, 1));
    await expect(train(taskOf({ resume: true, identity: 'b' }))).rejects.toThrow(CheckpointMismatch);
  });

  it(
    'can end with the best epoch so far, and not before there is one',
    async () => {
      await train(taskOf({}, 1));
      await expect(train(taskOf({ resume: true, finishNow: true }))).rejects.toThrow('holds no finished epoch');
      await train(taskOf({}, 5));
      const end = await train(taskOf({ resume: true, finishNow: true }));
      expect(end).toMatchObject({ kind: 'finished', history: [{ phase: 'imputer', auroc: {} }, { phase: 'joint' }] });
    },
    PATIENT_MS,
  );

  it('does not look at a checkpoint that was only half written', async () => {
    await train(taskOf({}, 1));
    const before = await readCheckpoint(join(folder, 'checkpoint'));
    await writeFile(join(folder, 'checkpoint.partial'), 'cut short');
    expect(await readCheckpoint(join(folder, 'checkpoint'))).toEqual(before);
    expect(before).toMatchObject({ epoch: 0, batch: 1, adam: { steps: 1 } });
    expect(await readCheckpoint(join(folder, 'nowhere'))).toBeUndefined();
  });

  it('leaves no tensor behind', async () => {
    const before = runtime.memory().tensors;
    await train(taskOf({}, 1));
    await train(taskOf(TWO_MEMBERS, 7));
    expect(runtime.memory().tensors).toBe(before);
  });
});
