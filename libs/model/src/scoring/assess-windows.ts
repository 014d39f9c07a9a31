import type { InferenceEngine } from '#engine';
import { concatenate } from './concatenate.js';
import type { EncodedWindow } from './encoded-window.js';

/** Windows that the risk networks read in one run; bounds their memory. */
const MAX_ROWS = 512;

/** What the risk networks of a release say of one complete window. */
export interface AssessedWindow {
  /** [member] log odds of death. */
  readonly logits: Float32Array;
  /** [member x embedding] */
  readonly embedding: Float32Array;
}

/** Assesses each complete window, in any number of runs. */
export async function assessWindows(
  engine: InferenceEngine,
  windows: readonly EncodedWindow[],
): Promise<AssessedWindow[]> {
  const assessed: AssessedWindow[] = [];
  for (let first = 0; first < windows.length; first += MAX_ROWS) {
    const rows = windows.slice(first, first + MAX_ROWS);
    const { logit, embedding } = await engine.assess({
      batch: rows.length,
      values: concatenate(rows.map((row) => row.values)),
      mask: concatenate(rows.map((row) => row.mask)),
      hoursSince: concatenate(rows.map((row) => row.hoursSince)),
      statistics: concatenate(rows.map((row) => row.statistics)),
      static: concatenate(rows.map((row) => row.static)),
    });
    const part = (all: Float32Array, row: number): Float32Array => {
      const width = all.length / rows.length;
      return all.subarray(row * width, (row + 1) * width);
    };
    rows.forEach((_, row) => assessed.push({ logits: part(logit, row), embedding: part(embedding, row) }));
  }
  return assessed;
}

/** Mean of the networks' log odds: what the release as a whole says of a complete window. */
export function meanLogit({ logits }: AssessedWindow): number {
  return logits.reduce((sum, logit) => sum + logit, 0) / logits.length;
}
