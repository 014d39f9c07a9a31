import type { RiskScorer } from '#model';
import type { WindowStore } from '#training';
import { gridOf, withHidden } from '../data/window-grids.js';
import { hideInWindows, type HidingName } from '../imputation/hidings.js';
import { measuredWindowsOf } from './measured-windows.js';
import { sampleRisks } from './sampled-risks.js';

const BATCH_SIZE = 16;

/** Shares of the measured points that are hidden, in per cent. */
export const HIDDEN_SHARES = ['0', '30', '50', '70', '90'] as const satisfies readonly ('0' | HidingName)[];

/** One of {@link HIDDEN_SHARES}. */
export type HiddenShare = (typeof HIDDEN_SHARES)[number];

/** Ends of the risk interval of each window with a share of its points hidden. */
export type HiddenIntervals = Readonly<Record<`${'low' | 'high'}-${HiddenShare}`, Float32Array>>;

/**
 * Risk intervals of the same windows while more and more of what was measured in them is hidden, from the imputer and from everything else that
 * the risk networks read.
 *
 * @param keys noise key of each window, the same whatever is hidden
 */
export async function hideAndAssess(
  scorer: RiskScorer,
  store: WindowStore,
  indices: readonly number[],
  keys: readonly string[],
  seed: number,
): Promise<HiddenIntervals> {
  const { normaliser, staticScales } = scorer.manifest;
  const ends = HIDDEN_SHARES.flatMap((share) => [`low-${share}`, `high-${share}`]);
  const found = Object.fromEntries(ends.map((end) => [end, new Float32Array(indices.length)])) as HiddenIntervals;
  for (let first = 0; first < indices.length; first += BATCH_SIZE) {
    const rows = indices.slice(first, first + BATCH_SIZE);
    const grid = gridOf(store, rows, { signals: normaliser, static: staticScales });
    for (const share of HIDDEN_SHARES) {
      const left = share === '0' ? grid : withHidden(grid, hideInWindows(store, rows, grid.mask, share, seed));
      const risks = await sampleRisks(scorer, measuredWindowsOf(left), keys.slice(first, first + BATCH_SIZE));
      risks.forEach(({ risk }, row) => {
        found[`low-${share}`][first + row] = risk.low;
        found[`high-${share}`][first + row] = risk.high;
      });
    }
  }
  return found;
}
