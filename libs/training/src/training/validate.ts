import { areaUnderRoc, imputationError } from '#evaluation';
import type { Tensor } from '#engine';
import { hoursSinceObserved } from '#model';
import { encodeWindow } from '#network';
import { randomOf } from '../batches/epoch-plan.js';
import { hideEntries } from '../batches/hide-entries.js';
import { joined } from '../batches/joined.js';
import type { EncodedWindow, WindowSource } from '../batches/window-encoder.js';
import { completeWindows, logitsOf, type NetworkUnderTest } from './complete-windows.js';
import type { TrainingPhase } from './training-settings.js';

/** Windows that are validated in one run of the networks. */
export const VALIDATION_BATCH = 64;
const HIDDEN_SHARE = 0.1;

/** What one look at the validation part tells. */
export interface ValidationResult {
  /** What the epoch before it learned. */
  readonly phase: TrainingPhase;
  /** Risk network that is meant, from 0. */
  readonly member: number;
  /** Its AUROC at each reported hour, NaN where one outcome alone occurs; empty while the imputer learns alone. */
  readonly auroc: Readonly<Record<string, number>>;
  /** Mean of those that are defined, 0 where none is: what early stopping goes by. */
  readonly meanAuroc: number;
  /** AUROC of the mean log odds of this and all earlier risk networks; absent for the first. */
  readonly together?: Readonly<Record<string, number>>;
  /** Errors of the imputer's center on a hidden tenth of the measured points, normalised scale. */
  readonly imputationRmse: number;
  readonly imputationMae: number;
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
  for (const [hour, indices] of phase === 'imputer' ? [] : windowsByHour) {
    const logits: number[] = [];
    for (let first = 0; first < indices.length; first += VALIDATION_BATCH) {
      const windows = indices.slice(first, first + VALIDATION_BATCH).map((index) => encoder.encode(index));
      logits.push(...logitsOf(network, completeWindows(network, windows), 0));
    }
    auroc[hour] = areaUnderRoc(
      logits,
      indices.map((index) => Number(encoder.store.labels[index]!.died)),
    );
  }
  const { rmse, mae } = imputeHidden(network, encoder, windowsByHour);
  return { phase, member: 0, auroc, meanAuroc: meanOf(auroc), imputationRmse: rmse, imputationMae: mae };
}

/** Errors of the imputer's center on a hidden tenth of the measured points of all windows. */
export function imputeHidden(
  network: NetworkUnderTest,
  encoder: WindowSource,
  windowsByHour: ReadonlyMap<number, readonly number[]>,
): { rmse: number; mae: number } {
  const found: number[] = [];
  const truth: number[] = [];
  for (const [hour, indices] of windowsByHour) {
    for (let first = 0; first < indices.length; first += VALIDATION_BATCH) {
      const windows = indices.slice(first, first + VALIDATION_BATCH).map((index) => encoder.encode(index));
      const errors = imputeBatch(network, windows, `validation|${hour}|${first}`);
      found.push(...errors.found);
      truth.push(...errors.truth);
    }
  }
  return imputationError(found, truth);
}

/** Mean of AUROCs by hour, hours with one outcome alone left out; 0 where none is left. */
export function meanOf(areas: Readonly<Record<string, number>>): number {
  const all = Object.values(areas).filter((area) => !Number.isNaN(area));
  return all.reduce((sum, area) => sum + area, 0) / Math.max(1, all.length);
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
