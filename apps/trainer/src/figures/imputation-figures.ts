import { imputationError, intervalCoverage, normalisedCrps, quantileOfSorted, type ImputationError } from '#evaluation';
import { hoursSinceObserved, imputeWindows, type RiskScorer } from '#model';
import { type EncodedWindow, type HidingPattern, type WindowEncoder, hideEntries, randomOf } from '#training';
import { carryForward } from './carry-forward.js';

const BATCH_SIZE = 16;

/** One way of hiding. */
interface Hiding {
  readonly name: string;
  readonly pattern: HidingPattern;
  readonly rate?: number;
}

const HIDINGS: readonly Hiding[] = [
  { name: '10 % of points', pattern: 'points', rate: 0.1 },
  { name: '50 % of points', pattern: 'points', rate: 0.5 },
  { name: 'blocks of 2 to 9 hours', pattern: 'hours' },
  { name: 'whole signals, 1 to 7', pattern: 'signals' },
];

/** Errors on hidden entries, on the normalised scale, beside two baselines on the same entries. */
export interface ImputationRow {
  readonly hidden: string;
  readonly model: ImputationError & { readonly crps: number; readonly coverage50: number; readonly coverage90: number };
  readonly carryForward: ImputationError;
  readonly mean: ImputationError;
}

/** Hidden entries with what each method says of them. */
interface HiddenEntries {
  readonly truth: number[];
  readonly samples: number[][];
  readonly carried: number[];
}

/**
 * Hides measured entries of validation windows in four ways, imputes them with the sampler that is served, and compares.
 *
 * Only what lies within the window is used, so nothing after its end. Rejects with an AbortError when a stop is asked for.
 */
export async function imputationFigures(
  scorer: RiskScorer,
  encoder: WindowEncoder,
  indices: readonly number[],
  seed: number,
  signal: AbortSignal,
): Promise<ImputationRow[]> {
  const windows = indices.map((index) => encoder.encode(index));
  const rows: ImputationRow[] = [];
  for (const hiding of HIDINGS) {
    signal.throwIfAborted();
    rows.push(summarise(hiding.name, await imputeHidden(scorer, windows, hiding, seed)));
  }
  return rows;
}

async function imputeHidden(
  scorer: RiskScorer,
  windows: readonly EncodedWindow[],
  { name, pattern, rate }: Hiding,
  seed: number,
): Promise<HiddenEntries> {
  const { hyper, sampler } = scorer.manifest;
  const random = randomOf(`${seed}|${name}`);
  const found: HiddenEntries = { truth: [], samples: [], carried: [] };
  for (let first = 0; first < windows.length; first += BATCH_SIZE) {
    const batch = windows.slice(first, first + BATCH_SIZE);
    const hidden = batch.map(({ mask }) => hideEntries(mask, hyper.hours, pattern, random, rate));
    const visible = batch.map((window, row) => {
      const mask = window.mask.map((measured, entry) => measured - hidden[row]![entry]!);
      const values = window.values.map((value, entry) => value * mask[entry]!);
      return { mask, values, hoursSince: hoursSinceObserved(mask, hyper.hours), static: window.static };
    });
    const keys = batch.map((_, row) => `imputation|${seed}|${name}|${first + row}`);
    const imputed = await imputeWindows(scorer.engine, visible, keys, sampler);
    batch.forEach((window, row) => {
      const carried = carryForward(visible[row]!.values, visible[row]!.mask, hyper.hours);
      hidden[row]!.forEach((isHidden, entry) => {
        if (isHidden === 0) return;
        found.truth.push(window.values[entry]!);
        found.samples.push(imputed[row]!.map((sample) => sample[entry]!));
        found.carried.push(carried[entry]!);
      });
    });
  }
  return found;
}

function summarise(hidden: string, { truth, samples, carried }: HiddenEntries): ImputationRow {
  const medians = samples.map((draws) => quantileOfSorted(Float64Array.from(draws).sort(), 0.5));
  return {
    hidden,
    model: {
      ...imputationError(medians, truth),
      crps: normalisedCrps(samples, truth),
      coverage50: intervalCoverage(samples, truth, 0.5),
      coverage90: intervalCoverage(samples, truth, 0.9),
    },
    carryForward: imputationError(carried, truth),
    mean: imputationError(new Float32Array(truth.length), truth),
  };
}
