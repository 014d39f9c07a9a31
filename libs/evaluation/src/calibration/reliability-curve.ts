import { countClasses } from '../labelled-scores.js';
import { wilsonInterval, type ShareInterval } from './wilson-interval.js';

/** Rows of about the same risk: what was said and what happened. */
export interface ReliabilityBin {
  readonly rows: number;
  readonly deaths: number;
  readonly lowestRisk: number;
  readonly highestRisk: number;
  readonly meanRisk: number;
  /** Share that died, with its 95 % interval; rows are taken as independent. */
  readonly observed: ShareInterval;
}

/**
 * Reliability curve over bins with about the same number of rows each, in ascending order of risk. Equal risks are never parted, so bins may
 * be fewer and of unequal size where many risks are equal.
 *
 * @param labels 1 died, 0 survived
 * @param bins   number of bins at most @default 10
 */
export function reliabilityCurve(risks: ArrayLike<number>, labels: ArrayLike<number>, bins = 10): ReliabilityBin[] {
  countClasses(risks, labels);
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`${bins} bins were asked for; expected 1 or more`);
  const order = Uint32Array.from({ length: risks.length }, (_, row) => row).sort((a, b) => risks[a]! - risks[b]!);
  const curve: ReliabilityBin[] = [];
  for (let bin = 1, first = 0; bin <= bins; bin++) {
    let end = Math.max(first, Math.round((bin * order.length) / bins));
    while (end > first && end < order.length && risks[order[end]!] === risks[order[end - 1]!]) end++;
    if (end > first) curve.push(binOf(order.subarray(first, end), risks, labels));
    first = end;
  }
  return curve;
}

/** Mean distance between what was said and what happened, bins weighted by their rows (Naeini et al., AAAI 2015). Depends on the bins. */
export function expectedCalibrationError(curve: readonly ReliabilityBin[]): number {
  const rows = curve.reduce((sum, bin) => sum + bin.rows, 0);
  return curve.reduce((sum, bin) => sum + (bin.rows / rows) * Math.abs(bin.observed.share - bin.meanRisk), 0);
}

function binOf(rows: Uint32Array, risks: ArrayLike<number>, labels: ArrayLike<number>): ReliabilityBin {
  const deaths = rows.reduce((sum, row) => sum + labels[row]!, 0);
  return {
    rows: rows.length,
    deaths,
    lowestRisk: risks[rows[0]!]!,
    highestRisk: risks[rows.at(-1)!]!,
    meanRisk: rows.reduce((sum, row) => sum + risks[row]!, 0) / rows.length,
    observed: wilsonInterval(deaths, rows.length),
  };
}
