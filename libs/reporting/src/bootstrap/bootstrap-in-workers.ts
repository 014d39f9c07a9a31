import { WorkerPool } from '#engine';
import {
  mortalityFigures,
  mortalityMetricsOf,
  type BootstrapOptions,
  type MortalityMetrics,
  type ResampleRange,
  type ScoredOutcomes,
} from '#evaluation';
import { availableParallelism } from 'node:os';

/** Slices a worker gets on average: more even out workers of unequal speed, fewer save messages. */
const SLICES_PER_WORKER = 4;

/** How an interval is drawn, and by how many threads. */
export interface WorkerBootstrapOptions extends BootstrapOptions {
  /** Worker threads. Changes how long it takes, not the result. @default the processors at hand */
  readonly threads?: number;
}

/**
 * The figures of `mortalityMetrics`, the resamples shared out among worker threads: equal to the bit for any number of them.
 *
 * Each worker holds a copy of the table. For small tables starting the workers takes longer than the work.
 *
 * @throws RangeError for a table that `mortalityFigures` refuses; WorkerCrashedError where a worker dies
 */
export async function bootstrapInWorkers(
  outcomes: ScoredOutcomes,
  { threads = availableParallelism(), resamples = 1000, seed, level }: WorkerBootstrapOptions,
): Promise<MortalityMetrics> {
  mortalityFigures(outcomes); // refuses a wrong table here, with a plain error
  const slices = sliceResamples(resamples, SLICES_PER_WORKER * threads, seed);
  const pool = new WorkerPool<ResampleRange, Float64Array>({
    entry: new URL('./bootstrap-worker.js', import.meta.url),
    threads,
    queueLimit: slices.length,
    workerData: outcomes,
  });
  try {
    return mortalityMetricsOf(outcomes, await Promise.all(slices.map((slice) => pool.run(slice))), level);
  } finally {
    await pool.close();
  }
}

function sliceResamples(resamples: number, slices: number, seed: number): ResampleRange[] {
  const size = Math.max(1, Math.ceil(resamples / slices));
  return Array.from({ length: Math.ceil(resamples / size) }, (_, slice) => ({
    seed,
    from: slice * size,
    to: Math.min(resamples, (slice + 1) * size),
  }));
}
