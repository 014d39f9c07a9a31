import { seededRandom } from '#evaluation';
import { kmeans } from 'ml-kmeans';
import { setImmediate } from 'node:timers/promises';
import type { FeatureMatrix } from '../boosting/feature-matrix.js';
import { checkShape } from '../methods/check-shape.js';
import { drawAscending } from '../methods/draw-ascending.js';
import type { FitOptions } from '../methods/fit-options.js';
import { MortalityPredictor } from '../methods/mortality-predictor.js';
import { notFitted } from '../methods/not-fitted.js';
import type { OutcomeGrid, WindowGrid } from '../methods/window-grid.js';
import { chooseBest } from './choose-best.js';
import { flatWindows } from './flat-windows.js';
import { NearestRows } from './nearest-rows.js';

/** Training windows that centres are found on, drawn by seed. Rates count every training window. */
export const MAX_CLUSTERED_WINDOWS = 3000;

const CLUSTERS = [5, 10, 20, 40];
const MAX_ITERATIONS = 25;

interface Clusters {
  readonly centres: NearestRows;
  /** [cluster] */
  readonly rates: Float32Array;
}

/**
 * Mortality of the nearest cluster (K-means of ml-kmeans, k-means++ by seed): complete windows and stays as one row, Euclidean. The
 * rate is (deaths + 1) / (members + 2), Laplace's rule of succession; the number of clusters is chosen on validation windows.
 */
export class KmeansPredictor extends MortalityPredictor {
  readonly id = 'kmeans';
  #fitted: (Clusters & { readonly grid: Pick<WindowGrid, 'signalIds' | 'hours'> }) | undefined;

  constructor(private readonly candidates: readonly number[] = CLUSTERS) {
    super();
  }

  /** How many clusters were chosen. */
  get clusters(): number {
    return (this.#fitted ?? notFitted(this.id)).rates.length;
  }

  override get chosen(): Readonly<Record<string, number>> {
    return { clusters: this.clusters };
  }

  async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    const chosen = drawAscending(training.count, MAX_CLUSTERED_WINDOWS, seededRandom(options.seed));
    const { columns, rows, values } = flatWindows(training, chosen);
    const points = Array.from({ length: rows }, (_, row) =>
      Array.from(values.subarray(row * columns, (row + 1) * columns)),
    );
    const all = flatWindows(training);
    const possible = this.candidates.filter((count) => count <= rows);
    const tried: Clusters[] = [];
    for (const count of possible) {
      const { centroids } = kmeans(points, count, { seed: options.seed, maxIterations: MAX_ITERATIONS });
      const matrix = { rows: count, columns, values: Float32Array.from(centroids.flat()) };
      tried.push(withRates(new NearestRows(matrix), count, all, training.labels));
      options.onProgress?.(tried.length / possible.length, `${count} clusters`);
      await setImmediate();
      options.signal?.throwIfAborted();
    }
    if (tried.length === 0)
      throw new RangeError(`${rows} training windows are too few for ${this.candidates[0]} clusters`);
    const validationRows = flatWindows(validation);
    const best = chooseBest(tried, validation.labels, 'area-under-roc', (clusters) =>
      ratesOf(clusters, validationRows),
    );
    const { signalIds, hours } = training;
    this.#fitted = { ...best, grid: { signalIds, hours } };
  }

  async predict(windows: WindowGrid): Promise<Float32Array> {
    const fitted = this.#fitted ?? notFitted(this.id);
    checkShape(this.id, fitted.grid, windows);
    return ratesOf(fitted, flatWindows(windows));
  }
}

function withRates(centres: NearestRows, count: number, members: FeatureMatrix, labels: Float32Array): Clusters {
  const deaths = new Float64Array(count);
  const sizes = new Float64Array(count);
  nearestCentres(centres, members).forEach((cluster, window) => {
    deaths[cluster]! += labels[window]!;
    sizes[cluster]!++;
  });
  return { centres, rates: Float32Array.from(deaths, (died, cluster) => (died + 1) / (sizes[cluster]! + 2)) };
}

function ratesOf({ centres, rates }: Clusters, windows: FeatureMatrix): Float32Array {
  return Float32Array.from(nearestCentres(centres, windows), (cluster) => rates[cluster]!);
}

function nearestCentres(centres: NearestRows, { rows, columns, values }: FeatureMatrix): Int32Array {
  return Int32Array.from(
    { length: rows },
    (_, row) => centres.find(values.subarray(row * columns, (row + 1) * columns), 1)[0]!,
  );
}
