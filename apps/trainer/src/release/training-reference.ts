import type { SignalId } from '#clinical';
import { binShares, logOdds, probabilityOfLogOdds, referenceEdges } from '#evaluation';
import { lineAt, type CalibrationAnchor, type ReferenceHistogram, type TrainingReference } from '#model';
import type { WindowStore } from '#training';
import type { ScoredWindow } from '../figures/score-validation.js';

/** Bins of every distribution. */
const BINS = 10;
/** Digits that are kept of edges and shares: enough to compare by, and a manifest stays readable. */
const DIGITS = 4;

/**
 * The distributions that a release is watched by: last values and missingness of training windows, calibrated risks of validation windows, which it has not
 * learned from. A window holds hours, so the summary of the last measured hour stands for the last value; of a monitor's vital signs it spreads a little less.
 *
 * @returns undefined where there is no training window to tell from
 */
export function fitReference(
  store: WindowStore,
  scored: readonly ScoredWindow[],
  calibration: readonly CalibrationAnchor[],
): TrainingReference | undefined {
  const training = [...store.labels.keys()].filter((index) => store.labels[index]!.part === 'train');
  if (training.length === 0) return undefined;
  const ends = training.map((index) => store.labels[index]!.hoursSinceAdmission);
  const signals = (store.signals as readonly SignalId[]).map((signal, row) => {
    const values = training
      .map((index) => lastValue(store, index, row))
      .filter((value): value is number => value !== undefined);
    return [signal, { shareMissing: rounded(1 - values.length / training.length), ...histogramOf(values) }] as const;
  });
  const risks = scored.map(({ index, risk }) => {
    const { slope, intercept } = lineAt(calibration, store.labels[index]!.hoursSinceAdmission);
    return probabilityOfLogOdds(intercept + slope * logOdds(risk));
  });
  return {
    hours: {
      from: ends.reduce((least, hours) => Math.min(least, hours)),
      to: ends.reduce((most, hours) => Math.max(most, hours)),
    },
    windows: training.length,
    signals: Object.fromEntries(signals),
    risk: histogramOf(risks),
  };
}

/** The last measured hour of a signal in a window; undefined where it was not measured. */
function lastValue({ values, signals, hours }: WindowStore, index: number, signal: number): number | undefined {
  const from = (index * signals.length + signal) * hours;
  for (let hour = hours - 1; hour >= 0; hour--) {
    const value = values[from + hour]!;
    if (!Number.isNaN(value)) return value;
  }
  return undefined;
}

function histogramOf(values: readonly number[]): ReferenceHistogram {
  if (values.length === 0) return { values: 0, edges: [], shares: [] };
  const edges = [...new Set(referenceEdges(values, BINS).map(rounded))];
  return { values: values.length, edges, shares: binShares(values, edges).map(rounded) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
