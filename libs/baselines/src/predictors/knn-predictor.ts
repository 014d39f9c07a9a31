import { seededRandom } from '#evaluation';
import { setImmediate } from 'node:timers/promises';
import { checkShape } from '../methods/check-shape.js';
import { drawAscending } from '../methods/draw-ascending.js';
import type { FitOptions } from '../methods/fit-options.js';
import { MortalityPredictor } from '../methods/mortality-predictor.js';
import { notFitted } from '../methods/not-fitted.js';
import type { OutcomeGrid, WindowGrid } from '../methods/window-grid.js';
import { chooseBest } from './choose-best.js';
import { flatWindows } from './flat-windows.js';
import { NearestRows } from './nearest-rows.js';

/** Training windows that are kept, drawn by seed: the cost of a window is proportional to them. */
export const MAX_NEIGHBOUR_WINDOWS = 4000;

const NEIGHBOURS = [10, 25, 50, 100, 200];
/** Windows between two pauses, so that a long search blocks nobody for long. */
const PAUSE_EVERY = 100;
const MAX_TRIAL_WINDOWS = 1000;

/**
 * Share of deaths among the k nearest training windows (Cover and Hart 1967): complete windows and stays as one row, Euclidean.
 *
 * The share is (deaths + 1) / (k + 2), Laplace's rule of succession, which keeps the order and is never 0; k is chosen on validation windows.
 */
export class KnnPredictor extends MortalityPredictor {
  readonly id = 'knn';
  #fitted:
    | {
        readonly grid: Pick<WindowGrid, 'signalIds' | 'hours'>;
        readonly rows: NearestRows;
        readonly died: Float32Array;
      }
    | undefined;
  #neighbours = 0;

  constructor(private readonly candidates: readonly number[] = NEIGHBOURS) {
    super();
  }

  /** The chosen k. */
  get neighbours(): number {
    return this.#neighbours;
  }

  override get chosen(): Readonly<Record<string, number>> {
    return { neighbours: this.neighbours };
  }

  async fit(training: OutcomeGrid, validation: OutcomeGrid, options: FitOptions): Promise<void> {
    const random = seededRandom(options.seed);
    const chosen = drawAscending(training.count, MAX_NEIGHBOUR_WINDOWS, random);
    const rows = new NearestRows(flatWindows(training, chosen));
    const died = Float32Array.from(chosen, (window) => training.labels[window]!);
    const { signalIds, hours } = training;
    const trials = drawAscending(validation.count, MAX_TRIAL_WINDOWS, random);
    const { columns, values } = flatWindows(validation, trials);
    const found: number[][] = [];
    for (let trial = 0; trial < trials.length; trial++) {
      found.push(rows.find(values.subarray(trial * columns, (trial + 1) * columns), Math.max(...this.candidates)));
      if (trial % PAUSE_EVERY !== PAUSE_EVERY - 1) continue;
      options.onProgress?.((trial + 1) / trials.length, `neighbours of ${trial + 1} validation windows`);
      await setImmediate();
      options.signal?.throwIfAborted();
    }
    const labels = Float32Array.from(trials, (window) => validation.labels[window]!);
    this.#neighbours = chooseBest(this.candidates, labels, 'area-under-roc', (k) =>
      found.map((rowsFound) => shareDied(rowsFound, k, died)),
    );
    this.#fitted = { grid: { signalIds, hours }, rows, died };
  }

  async predict(windows: WindowGrid): Promise<Float32Array> {
    const { grid, rows, died } = this.#fitted ?? notFitted(this.id);
    checkShape(this.id, grid, windows);
    const { columns, values } = flatWindows(windows);
    const risks = new Float32Array(windows.count);
    for (let window = 0; window < windows.count; window++) {
      const found = rows.find(values.subarray(window * columns, (window + 1) * columns), this.#neighbours);
      risks[window] = shareDied(found, this.#neighbours, died);
      if (window % PAUSE_EVERY === 0) await setImmediate();
    }
    return risks;
  }
}

function shareDied(nearest: readonly number[], k: number, died: Float32Array): number {
  const first = nearest.slice(0, k);
  return (first.reduce((sum, row) => sum + died[row]!, 0) + 1) / (first.length + 2);
}
