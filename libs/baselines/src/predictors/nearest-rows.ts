import type { FeatureMatrix } from '../boosting/feature-matrix.js';

/** Columns between two looks at whether a row can still be among the nearest. */
const CHUNK = 64;

/** Finds the rows of a matrix that are nearest to another row (Euclidean), by looking at all of them. */
export class NearestRows {
  constructor(private readonly matrix: FeatureMatrix) {}

  /**
   * @param query [column]
   * @returns the k nearest rows, nearest first; all of them where there are fewer, and the earlier row first where two are as near
   */
  find(query: Float32Array, k: number): number[] {
    const { rows, columns, values } = this.matrix;
    const nearest: number[] = [];
    const distances: number[] = [];
    for (let row = 0; row < rows; row++) {
      const limit = nearest.length < k ? Infinity : distances[k - 1]!;
      const distance = squaredDistance(values, row * columns, query, limit);
      if (distance >= limit) continue;
      let at = Math.min(nearest.length, k - 1);
      for (; at > 0 && distances[at - 1]! > distance; at--) {
        distances[at] = distances[at - 1]!;
        nearest[at] = nearest[at - 1]!;
      }
      distances[at] = distance;
      nearest[at] = row;
    }
    return nearest;
  }
}

/** Stops early, with a number at or above the limit, where the distance will not stay below it. */
function squaredDistance(values: Float32Array, from: number, query: Float32Array, limit: number): number {
  let sum = 0;
  for (let start = 0; start < query.length && sum < limit; start += CHUNK) {
    const end = Math.min(query.length, start + CHUNK);
    for (let column = start; column < end; column++) {
      const difference = values[from + column]! - query[column]!;
      sum += difference * difference;
    }
  }
  return sum;
}
