import { encodeMeasured, imputeWindows, TrainingNeighbours, type RiskScorer } from '#model';
import { planEpoch, type WindowEncoder } from '#training';

const BATCH_SIZE = 64;

/**
 * One window of every training stay, drawn by seed, as the risk networks embed it, with the stay's outcome.
 *
 * Gaps hold the imputer's center, as they do when a score looks for its neighbours. Kept is the embedding of the first risk network: that of
 * all together would make the file and the search longer. Rejects with an AbortError when a stop is asked for.
 */
export async function makeNeighbours(
  scorer: RiskScorer,
  encoder: WindowEncoder,
  seed: number,
  signal: AbortSignal,
): Promise<TrainingNeighbours> {
  const { hyper } = scorer.manifest;
  const { labels } = encoder.store;
  const chosen = planEpoch(encoder.store, 1, `${seed}|neighbours`, 0).flat();
  const embeddings: Float32Array[] = [];
  for (let first = 0; first < chosen.length; first += BATCH_SIZE) {
    signal.throwIfAborted();
    const indices = chosen.slice(first, first + BATCH_SIZE);
    const windows = indices.map((index) => {
      const window = encoder.encode(index);
      return { ...window, ...encodeMeasured(window.values, window.mask, hyper.hours) };
    });
    const centers = await imputeWindows(scorer.engine, windows, indices.map(String), { steps: 1, samples: 1 });
    const filled = windows.map((window, row) => {
      const { hoursSinceAdmission } = labels[indices[row]!]!;
      return { ...window, values: centers[row]!.center, hoursSinceAdmission };
    });
    embeddings.push(...(await scorer.embeddingsOfFilled(filled)));
  }
  return TrainingNeighbours.of(
    embeddings.map((embedding) => embedding.slice(0, hyper.risk.embedding)),
    chosen.map((index) => labels[index]!.died),
  );
}
