import { bootstrapIntervals, logOdds, type Estimate } from '#evaluation';

/** Windows as the width of their risk interval is asked of them; a row each in every array. */
export interface RiskIntervals {
  readonly patients: readonly (string | number)[];
  /** Share of the window's entries that were not measured. */
  readonly missing: readonly number[];
  /** Median of the interval. */
  readonly risks: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Risk intervals of a third of the windows. */
export interface WidthOfThird {
  readonly windows: number;
  /** Smallest and greatest share of missing entries. */
  readonly missing: readonly [number, number];
  readonly meanRisk: number;
  /** Mean of high minus low. */
  readonly width: Estimate;
  /** The same between log odds: a low risk cannot have a wide interval of probabilities, but can have one of log odds. */
  readonly logOddsWidth: Estimate;
}

/**
 * Mean width of risk intervals in thirds of the windows, from the fullest to the emptiest; intervals by bootstrap over patients.
 *
 * Thirds are equal in number up to one window; windows of equal share at their border fall to either side in the order given. Fewer than
 * three windows give fewer thirds.
 */
export function widthsByThirds(
  { patients, missing, risks, low, high }: RiskIntervals,
  seed: number,
  resamples: number,
): WidthOfThird[] {
  const order = [...missing.keys()].sort((a, b) => missing[a]! - missing[b]!);
  const cuts = [0, 1, 2, 3].map((third) => Math.round((third * order.length) / 3));
  const thirds = cuts.slice(1).map((end, third) => order.slice(cuts[third], end));
  return thirds
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const meanOf = (chosen: readonly number[], of: (row: number) => number): number =>
        chosen.reduce((sum, at) => sum + of(rows[at]!), 0) / chosen.length;
      const { width, logOddsWidth } = bootstrapIntervals(
        rows.map((row) => patients[row]!),
        (chosen) => ({
          width: meanOf(chosen, (row) => high[row]! - low[row]!),
          logOddsWidth: meanOf(chosen, (row) => logOdds(high[row]!) - logOdds(low[row]!)),
        }),
        { seed, resamples },
      );
      return {
        windows: rows.length,
        missing: [missing[rows[0]!]!, missing[rows[rows.length - 1]!]!],
        meanRisk: meanOf([...rows.keys()], (row) => risks[row]!),
        width,
        logOddsWidth,
      };
    });
}
