import { imputationError, intervalCoverage, normalisedCrps, type ImputationError } from '#evaluation';
import { hoursSinceObserved, imputeWindows, type RiskScorer, type SamplerSettings } from '#model';
import { type EncodedWindow, type HidingPattern, hideEntries, randomOf } from '#training';
import { carryForward } from './carry-forward.js';

const BATCH_SIZE = 16;
/** Factors among which the spread's is looked for, and how often the range is halved. */
const SPREAD_RANGE: readonly [number, number] = [0.5, 2];
const SPREAD_ROUNDS = 7;

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

/** Hidden entries with what each method says of them, normalised. */
interface HiddenEntries {
  readonly truth: number[];
  readonly medians: number[];
  readonly samples: number[][];
  readonly carried: number[];
}

/** A model and validation windows to hide entries of. */
export interface ImputationTrial {
  readonly scorer: RiskScorer;
  readonly windows: readonly EncodedWindow[];
  readonly seed: number;
  readonly signal: AbortSignal;
}

/**
 * Hides measured entries of validation windows in four ways, imputes them with the sampler that is served, and compares.
 *
 * Only what lies within the window is used, so nothing after its end. Rejects with an AbortError when a stop is asked for.
 */
export async function imputationFigures(trial: ImputationTrial, sampler: SamplerSettings): Promise<ImputationRow[]> {
  const rows: ImputationRow[] = [];
  for (const hiding of HIDINGS) rows.push(summarise(hiding.name, await imputeHidden(trial, hiding, sampler)));
  return rows;
}

/**
 * The factor of residuals with which the 90 % interval of randomly hidden points holds 90 % of them, by halving; the same noise each
 * time, so that coverage only grows with the factor.
 */
export async function fitSpreadScale(trial: ImputationTrial, sampler: SamplerSettings): Promise<number> {
  let [low, high] = SPREAD_RANGE;
  for (let round = 0; round < SPREAD_ROUNDS; round++) {
    const spreadScale = Math.sqrt(low * high);
    const { samples, truth } = await imputeHidden(trial, HIDINGS[0]!, { ...sampler, spreadScale });
    if (intervalCoverage(samples, truth, 0.9) < 0.9) low = spreadScale;
    else high = spreadScale;
  }
  return Number(Math.sqrt(low * high).toFixed(3));
}

async function imputeHidden(
  { scorer, windows, seed, signal }: ImputationTrial,
  { name, pattern, rate }: Hiding,
  sampler: SamplerSettings,
): Promise<HiddenEntries> {
  const { hyper } = scorer.manifest;
  const random = randomOf(`${seed}|${name}`);
  const found: HiddenEntries = { truth: [], medians: [], samples: [], carried: [] };
  for (let first = 0; first < windows.length; first += BATCH_SIZE) {
    signal.throwIfAborted();
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
      const { center, samples } = imputed[row]!;
      hidden[row]!.forEach((isHidden, entry) => {
        if (isHidden === 0) return;
        found.truth.push(window.values[entry]!);
        found.medians.push(center[entry]!);
        found.samples.push(samples.map((sample) => sample[entry]!));
        found.carried.push(carried[entry]!);
      });
    });
  }
  return found;
}

function summarise(hidden: string, { truth, medians, samples, carried }: HiddenEntries): ImputationRow {
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
