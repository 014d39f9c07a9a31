import type { ScoreDetail, WindowScore, WindowToScore } from '#model';
import { WindowScorer, type ReleaseFacts } from '#scorer';

/** Counts what a model is asked and how long its lanes are busy with it; answers as the model does. */
export class TimedScorer extends WindowScorer {
  /** Windows that were scored. */
  windows = 0;
  /** Time that batches were with the model, added over its lanes. */
  busyMs = 0;

  constructor(
    private readonly model: WindowScorer,
    private readonly nowMs: () => number,
  ) {
    super();
  }

  override get release(): ReleaseFacts {
    return this.model.release;
  }

  override get lanes(): number {
    return this.model.lanes;
  }

  override async score(windows: readonly WindowToScore[], detail?: ScoreDetail): Promise<readonly WindowScore[]> {
    const startedMs = this.nowMs();
    try {
      return await this.model.score(windows, detail);
    } finally {
      this.busyMs += this.nowMs() - startedMs;
      this.windows += windows.length;
    }
  }

  override close(): Promise<void> {
    return this.model.close();
  }
}
