import { WorkerPool, type EngineChoice } from '#engine';
import type { ScoreDetail, WindowScore, WindowToScore } from '#model';
import type { ModelAnswer, ModelJob, ModelWorkerData } from './model-jobs.js';
import { ModelUnavailableError, WindowScorer, type ReleaseFacts } from './window-scorer.js';

/** How a release is served. */
export interface ModelScorerOptions {
  /** Folder of the release's bundle. */
  readonly bundleDirectory: string;
  /** @default 'auto' */
  readonly engine?: EngineChoice;
  /** Worker threads; each holds its own copy of the release and runs one batch at a time. @default 1 */
  readonly threads?: number;
  /** Told of every batch that could not be scored, and of every worker that died. */
  readonly onUnavailable: (error: Error) => void;
}

/** Serves a release in worker threads. A worker that dies is replaced; its batch is refused as `model-unavailable`. */
export class ModelScorer extends WindowScorer {
  private constructor(
    private readonly pool: WorkerPool<ModelJob, ModelAnswer>,
    override readonly release: ReleaseFacts,
    override readonly lanes: number,
    private readonly onUnavailable: (error: Error) => void,
  ) {
    super();
  }

  /** Loads the release in every worker. Rejects with a {@link ModelUnavailableError} that says why it cannot be had. */
  static async open(options: ModelScorerOptions): Promise<ModelScorer> {
    const { bundleDirectory, engine = 'auto', threads = 1, onUnavailable } = options;
    const workerData: ModelWorkerData = { bundleDirectory, engine };
    const entry = new URL('./model-worker.js', import.meta.url);
    const pool = new WorkerPool<ModelJob, ModelAnswer>({ entry, threads, workerData, onCrash: onUnavailable });
    try {
      await pool.ready();
      const answer = await pool.run({ kind: 'describe' });
      if (answer.kind !== 'described') throw new Error('the worker described no release');
      return new ModelScorer(pool, answer.release, threads, onUnavailable);
    } catch (error) {
      await pool.close();
      throw new ModelUnavailableError(`The release in ${bundleDirectory} cannot be served: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  override async score(
    windows: readonly WindowToScore[],
    detail: ScoreDetail = 'whole',
  ): Promise<readonly WindowScore[]> {
    try {
      const answer = await this.pool.run({ kind: 'score', windows, detail });
      if (answer.kind === 'scored') return answer.scores;
    } catch (error) {
      const unavailable = new ModelUnavailableError(`a batch was not scored: ${messageOf(error)}`, { cause: error });
      this.onUnavailable(unavailable);
      throw unavailable;
    }
    throw new Error('the worker answered a score with a description');
  }

  override close(): Promise<void> {
    return this.pool.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
