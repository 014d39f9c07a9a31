import { areaUnderRoc, imputationError, probabilityOfLogOdds } from '#evaluation';
import type { Tensor, TensorRuntime } from '#engine';
import { hoursSinceObserved, keyedNormals } from '#model';
import { assessRisk, encodeWindow, predictVelocity, type HyperParameters, type Weights } from '#network';
import { randomOf } from '../batches/epoch-plan.js';
import { hideEntries } from '../batches/hide-entries.js';
import type { EncodedWindow, WindowEncoder } from '../batches/window-encoder.js';

const BATCH_SIZE = 64;
const HIDDEN_SHARE = 0.1;

/** What one look at the validation part tells. */
export interface ValidationResult {
  /** AUROC at each reported hour. */
  readonly auroc: Readonly<Record<string, number>>;
  /** Mean of these: what early stopping goes by. */
  readonly meanAuroc: number;
  /** Root mean squared error of a one-step imputation of a tenth of the measured points, normalised scale. */
  readonly imputationRmse: number;
}

/** Weights to validate, in the hands of the engine. */
export interface NetworkUnderTest {
  readonly runtime: TensorRuntime;
  readonly hyper: HyperParameters;
  readonly weights: Weights<Tensor>;
}

/**
 * A quick look at validation windows by single-step imputation; the full figures come from the sampler that is served.
 *
 * @param windowsByHour indices of validation windows by the hour at which they end
 */
export function validate(
  network: NetworkUnderTest,
  encoder: WindowEncoder,
  windowsByHour: ReadonlyMap<number, readonly number[]>,
): ValidationResult {
  const auroc: Record<string, number> = {};
  const found: number[] = [];
  const truth: number[] = [];
  for (const [hour, indices] of windowsByHour) {
    const risks: number[] = [];
    for (let first = 0; first < indices.length; first += BATCH_SIZE) {
      const batch = indices.slice(first, first + BATCH_SIZE);
      const result = assessBatch(
        network,
        batch.map((index) => encoder.encode(index)),
        `validation|${hour}|${first}`,
      );
      risks.push(...result.risks);
      found.push(...result.found);
      truth.push(...result.truth);
    }
    auroc[hour] = areaUnderRoc(
      risks,
      indices.map((index) => Number(encoder.store.labels[index]!.died)),
    );
  }
  const areas = Object.values(auroc);
  const meanAuroc = areas.reduce((sum, area) => sum + area, 0) / areas.length;
  return { auroc, meanAuroc, imputationRmse: imputationError(found, truth).rmse };
}

function assessBatch(
  { runtime, hyper, weights }: NetworkUnderTest,
  windows: readonly EncodedWindow[],
  drawKey: string,
): { risks: number[]; found: number[]; truth: number[] } {
  const { ops } = runtime;
  const { signals, hours, staticSize } = hyper;
  const random = randomOf(drawKey);
  const size = signals * hours;
  const hidden = windows.map(({ mask }) => hideEntries(mask, hours, 'points', random, HIDDEN_SHARE));
  const flat = (pick: (window: EncodedWindow, row: number) => Float32Array): Float32Array =>
    Float32Array.from(windows.flatMap((window, row) => [...pick(window, row)]));
  const values = flat((window) => window.values);
  const mask = flat((window) => window.mask);
  const visible = flat((window, row) => window.mask.map((measured, entry) => measured - hidden[row]![entry]!));
  const grid = [windows.length, signals, hours];
  const [imputed, logits] = runtime.scope(() => {
    const visibleMask = runtime.tensor(visible, grid);
    const measured = runtime.tensor(mask, grid);
    const known = runtime.tensor(values, grid);
    const stay = runtime.tensor(
      flat((window) => window.static),
      [windows.length, staticSize],
    );
    const context = encodeWindow(ops, weights, hyper, {
      values: ops.multiply(known, visibleMask),
      mask: visibleMask,
      static: stay,
    });
    const noisy = runtime.tensor(keyedNormals(drawKey, windows.length * size), [windows.length, 1, signals, hours]);
    const step = runtime.tensor(Float32Array.of(1), [1, 1]);
    const velocity = predictVelocity(ops, weights, hyper, { noisy, mask: visibleMask, context, step });
    const clean = ops.reshapeLike(ops.scale(velocity, -1), known);
    const gaps = ops.offset(ops.scale(measured, -1), 1);
    const complete = ops.add(ops.multiply(known, measured), ops.multiply(clean, gaps));
    const hoursSince = runtime.tensor(hoursSinceObserved(mask, hours), grid);
    const risk = assessRisk(
      ops,
      weights,
      hyper,
      { values: complete, mask: measured, hoursSince, static: stay },
      { training: false },
    );
    return [runtime.read(clean), runtime.read(risk.logit)] as const;
  });
  const entries = hidden.flatMap((one, row) =>
    [...one.keys()].filter((entry) => one[entry] === 1).map((entry) => row * size + entry),
  );
  return {
    risks: [...logits].map(probabilityOfLogOdds),
    found: entries.map((entry) => imputed[entry]!),
    truth: entries.map((entry) => values[entry]!),
  };
}
