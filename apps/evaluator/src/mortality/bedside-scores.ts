import type { WindowGrid } from '#baselines';
import { SIGNAL_SETS } from '#clinical';
import { fitStaticScales, NormaliserFit } from '#model';
import type { FittedScales } from '#training';
import type { EvaluationData } from '../data/collect-data.js';
import { gridOf } from '../data/window-grids.js';
import { BEDSIDE_SCORES, type Methods } from '../methods.js';
import type { ScoredHour } from './scored-windows.js';

/** Scales of the catalogue's plausible ranges: bedside scores read stored units, so the normalised values are not looked at. */
const UNFITTED = { signals: new NormaliserFit(SIGNAL_SETS['icu-36']).scales(), static: fitStaticScales([]) };

/**
 * Scores of the bedside (NEWS2, and SAPS-I and SOFA where the data set gives them) on the same windows, as far as each is known there.
 *
 * @param scales of signals that are not of the catalogue's
 * @returns one for each score that is known for any window
 */
export async function bedsideScores(
  { predictors }: Methods,
  { store }: EvaluationData,
  hour: number,
  indices: readonly number[],
  scales: FittedScales = UNFITTED,
): Promise<ScoredHour[]> {
  const grid = gridOf(store, indices, scales);
  const scored: ScoredHour[] = [];
  for (const [id, create] of predictors) {
    if (!BEDSIDE_SCORES.has(id) || !isKnown(grid, id)) continue;
    const predictor = create();
    const scores = [...(await predictor.predict(grid))];
    predictor.dispose();
    const known = [...scores.keys()].filter((row) => !Number.isNaN(scores[row]!));
    if (known.length === 0) continue;
    scored.push({
      method: id,
      hour,
      indices: known.map((row) => indices[row]!),
      risks: known.map((row) => scores[row]!),
      isProbability: false,
    });
  }
  return scored;
}

/** NEWS2 is computed from any window; the others stand in the data set or not. */
function isKnown({ stays }: WindowGrid, id: string): boolean {
  return id === 'news2' || stays.some(({ severityScores }) => Object.keys(severityScores ?? {}).includes(id));
}
