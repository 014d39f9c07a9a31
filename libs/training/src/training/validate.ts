import { areaUnderRoc, imputationError, probabilityOfLogOdds } from '#evaluation';
import type { Tensor, TensorRuntime } from '#engine';
import { encodeMeasured, hoursSinceObserved } from '#model';
import { assessRisk, encodeWindow, type HyperParameters, type Weights } from '#network';
import { randomOf } from '../batches/epoch-plan.js';
import { hideEntries } from '../batches/hide-entries.js';
import { joined } from '../batches/joined.js';
import type { EncodedWindow, WindowSource } from '../batches/window-encoder.js';
import type { TrainingPhase } from './training-settings.js';

const BATCH_SIZE = 64;
const HIDDEN_SHARE = 0.1;

/** What one look at the validation part tells. */
export interface ValidationResult {
  /** What the epoch before it learned. */
  readonly phase: TrainingPhase;
  /** AUROC at each reported hour; empty while the imputer learns alone. */
  readonly auroc: Readonly<Record<string, number>>;
  /** Mean of these, 0 where there are none: what early stopping goes by. */
  readonly meanAuroc: number;
  /** Errors of the imputer's center on a hidden tenth of the measured points, normalised scale. */
  readonly imputationRmse: number;
  readonly imputationMae: number;
}

/** Weights to validate, in the hands of the engine. */
export interface NetworkUnderTest {
  readonly runtime: TensorRuntime;
  readonly hyper: HyperParameters;
  readonly weights: Weights<Tensor>;
}

/**
 * A quick look at validation windows, whose gaps hold what is to be expected there; the full figures come from the sampler that is served.
 *
 * @param windowsByHour indices of validation windows by the hour at which they end
 */
export function validate(
  network: NetworkUnderTest,
  encoder: WindowSource,
  windowsByHour: ReadonlyMap<number, readonly number[]>,
  phase: TrainingPhase,
): ValidationResult {
  const auroc: Record<string, number> = {};
  const found: number[] = [];
  const truth: number[] = [];
  for (const [hour, indices] of windowsByHour) {
    const risks: number[] = [];
    for (let first = 0; first < indices.length; first += BATCH_SIZE) {
      const windows = indices.slice(first, first + BATCH_SIZE).map((index) => encoder.encode(index));
      const errors = imputeBatch(network, windows, `validation|${hour}|${first}`);
      found.push(...errors.found);
      truth.push(...errors.truth);
      if (phase === 'joint') risks.push(...assessBatch(network, windows));
    }
    if (phase === 'imputer') continue;
    auroc[hour] = areaUnderRoc(
      risks,
      indices.map((index) => Number(encoder.store.labels[index]!.died)),
    );
  }
  const areas = Object.values(auroc);
  const meanAuroc = areas.reduce((sum, area) => sum + area, 0) / Math.max(1, areas.length);
  const { rmse, mae } = imputationError(found, truth);
  return { phase, auroc, meanAuroc, imputationRmse: rmse, imputationMae: mae };
}

/** Risks of windows whose gaps hold the imputer's center. */
function assessBatch({ runtime, hyper, weights }: NetworkUnderTest, windows: readonly EncodedWindow[]): number[] {
  const { ops } = runtime;
  const { signals, hours, staticSize, statistics } = hyper;
  const measured = windows.map(({ values, mask }) => encodeMeasured(values, mask, hours));
  let logits: Float32Array = new Float32Array();
  runtime.scope(() => {
    const grid = (rows: readonly Float32Array[]): Tensor => runtime.tensor(joined(rows), [rows.length, signals, hours]);
    const observed = {
      values: grid(windows.map(({ values }) => values)),
      mask: grid(windows.map(({ mask }) => mask)),
      hoursSince: grid(measured.map(({ hoursSince }) => hoursSince)),
      static: runtime.tensor(joined(windows.map((window) => window.static)), [windows.length, staticSize]),
    };
    const { center } = encodeWindow(ops, weights, hyper, observed);
    const gaps = ops.offset(ops.scale(observed.mask, -1), 1);
    const complete = {
      ...observed,
      values: ops.add(observed.values, ops.multiply(center, gaps)),
      statistics: runtime.tensor(joined(measured.map((window) => window.statistics)), [
        windows.length,
        signals,
        statistics,
      ]),
    };
    logits = runtime.read(assessRisk(ops, weights, hyper, complete, { training: false }).logit);
  });
  return [...logits].map(probabilityOfLogOdds);
}

/** Hides a tenth of the measured points and looks for them in the imputer's center. */
function imputeBatch(
  { runtime, hyper, weights }: NetworkUnderTest,
  windows: readonly EncodedWindow[],
  drawKey: string,
): { found: number[]; truth: number[] } {
  const { signals, hours, staticSize } = hyper;
  const random = randomOf(drawKey);
  const hidden = windows.map(({ mask }) => hideEntries(mask, hours, 'points', random, HIDDEN_SHARE));
  const visible = windows.map(({ mask }, row) => mask.map((measured, entry) => measured - hidden[row]![entry]!));
  const shown = windows.map(({ values }, row) => values.map((value, entry) => value * visible[row]![entry]!));
  let center: Float32Array = new Float32Array();
  runtime.scope(() => {
    const grid = (rows: readonly Float32Array[]): Tensor => runtime.tensor(joined(rows), [rows.length, signals, hours]);
    const encoded = encodeWindow(runtime.ops, weights, hyper, {
      values: grid(shown),
      mask: grid(visible),
      hoursSince: grid(visible.map((mask) => hoursSinceObserved(mask, hours))),
      static: runtime.tensor(joined(windows.map((window) => window.static)), [windows.length, staticSize]),
    });
    center = runtime.read(encoded.center);
  });
  const size = signals * hours;
  const entries = hidden.flatMap((one, row) =>
    [...one.keys()].filter((entry) => one[entry] === 1).map((entry) => row * size + entry),
  );
  return {
    found: entries.map((entry) => center[entry]!),
    truth: entries.map((entry) => windows[Math.floor(entry / size)]!.values[entry % size]!),
  };
}
