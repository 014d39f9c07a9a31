import type { InferenceEngine } from '#engine';
import { concatenate } from './concatenate.js';
import type { EncodedWindow } from './encoded-window.js';

/** Windows that the risk network reads in one run; bounds its memory. */
const MAX_ROWS = 512;

/** Log odds of each complete window, in any number of runs. */
export async function assessWindows(engine: InferenceEngine, windows: readonly EncodedWindow[]): Promise<number[]> {
  const logits: number[] = [];
  for (let first = 0; first < windows.length; first += MAX_ROWS) {
    const rows = windows.slice(first, first + MAX_ROWS);
    const { logit } = await engine.assess({
      batch: rows.length,
      values: concatenate(rows.map((row) => row.values)),
      mask: concatenate(rows.map((row) => row.mask)),
      hoursSince: concatenate(rows.map((row) => row.hoursSince)),
      statistics: concatenate(rows.map((row) => row.statistics)),
      static: concatenate(rows.map((row) => row.static)),
    });
    logits.push(...logit);
  }
  return logits;
}
