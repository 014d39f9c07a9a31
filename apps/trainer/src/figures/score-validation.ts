import type { RiskScorer } from '#model';
import { REPORTED_END_HOURS, type WindowStore, windowAt } from '#training';

const BATCH_SIZE = 16;

/** A validation window with the risk that the served sampler gives it. */
export interface ScoredWindow {
  readonly index: number;
  /** Median over the samples, as calibrated by the release that was loaded. */
  readonly risk: number;
  /** Share of deaths among the nearest training stays, one death and one survivor added, so that it is never 0 or 1. */
  readonly nearestRisk?: number;
}

/**
 * Validation windows that the figures are taken from: those at the reported hours, and the first of each stay that
 * ends at a random hour. The release is calibrated on all of them together.
 */
export function windowsToScore({ labels }: WindowStore): number[] {
  const seen = new Set<string>();
  return [...labels.keys()].filter((index) => {
    const { part, datasetId, stayId, hoursSinceAdmission } = labels[index]!;
    if (part !== 'validation') return false;
    if (REPORTED_END_HOURS.includes(hoursSinceAdmission)) return true;
    const key = `${datasetId}|${stayId}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Scores windows as they are served: the same encoder, sampler, samples and engine. Rejects with an AbortError when a stop is asked for. */
export async function scoreWindows(
  scorer: RiskScorer,
  store: WindowStore,
  indices: readonly number[],
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<ScoredWindow[]> {
  const scored: ScoredWindow[] = [];
  for (let first = 0; first < indices.length; first += BATCH_SIZE) {
    signal.throwIfAborted();
    const batch = indices.slice(first, first + BATCH_SIZE);
    const scores = await scorer.score(
      batch.map((index) => {
        const { static: known, hoursSinceAdmission, datasetId, stayId } = store.labels[index]!;
        const noiseKey = `validation|${datasetId}|${stayId}|${hoursSinceAdmission}`;
        return { ...windowAt(store, index), static: known, hoursSinceAdmission, noiseKey };
      }),
    );
    scores.forEach(({ risk, nearest }, row) =>
      scored.push({
        index: batch[row]!,
        risk: risk.median,
        ...(nearest === undefined ? {} : { nearestRisk: (nearest.died + 1) / (nearest.stays + 2) }),
      }),
    );
    onProgress(scored.length);
  }
  return scored;
}
