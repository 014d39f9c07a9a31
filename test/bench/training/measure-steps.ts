import type { StepResult, TensorRuntime } from '#engine';
import { disposeBatch } from '#training';
import { rateOf, type TrainingCase } from './training-case.js';

/** What steps cost. */
export interface StepCost {
  /** Median over the measured steps, wall time. */
  readonly msAStep: number;
  /** Mean over the measured steps, all threads together. */
  readonly processorMsAStep: number;
}

/** What our own training gave and cost; a peer must agree with the former. */
export interface OwnMeasurement {
  /** Parts of the first step's loss, `loss` being their weighted sum. */
  readonly parts: Readonly<Record<string, number>>;
  /** Length of the first step's gradient, before it is clipped. */
  readonly gradientNorm: number;
  /** Loss of each step that was not measured, from the first on. */
  readonly losses: readonly number[];
  /** Steps on one batch that is there already. */
  readonly ready: StepCost;
  /** Steps that each draw their batch, too, as those of a training. */
  readonly drawn: StepCost;
}

/** How many steps are taken. */
export interface StepCounts {
  /** Not measured. */
  readonly warmUp: number;
  readonly measured: number;
}

const PARTS = ['loss', 'imputation', 'mortality', 'contrastive'];

/** Takes training steps and measures them. */
export function measureSteps(runtime: TensorRuntime, given: TrainingCase, counts: StepCounts): OwnMeasurement {
  const trainer = runtime.adam(given.weights, given.adam);
  trainer.scaleRates((name) => rateOf(given, name));
  const step = (): StepResult => trainer.step(given.lossOf(given.batch));
  const begun = Array.from({ length: counts.warmUp }, step);
  const ready = costOf(counts.measured, step);
  const drawn = costOf(counts.measured, (at) => {
    const batch = given.nextBatch(`bench ${at}`);
    trainer.step(given.lossOf(batch));
    disposeBatch(runtime, batch);
  });
  trainer.dispose();
  const { report, gradientNorm } = begun[0]!;
  const parts = PARTS.flatMap((name) => (report[name] === undefined ? [] : [[name, report[name][0]!] as const]));
  return { parts: Object.fromEntries(parts), gradientNorm, losses: begun.map(({ loss }) => loss), ready, drawn };
}

function costOf(steps: number, work: (at: number) => void): StepCost {
  const before = process.cpuUsage();
  const times = Array.from({ length: steps }, (_, at) => {
    const startMs = performance.now();
    work(at);
    return performance.now() - startMs;
  });
  const { user, system } = process.cpuUsage(before);
  const msAStep = times.sort((a, b) => a - b)[Math.floor(steps / 2)]!;
  return { msAStep, processorMsAStep: (user + system) / 1000 / steps };
}
