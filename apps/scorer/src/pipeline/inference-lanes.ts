import type { ScoreDetail } from '#model';
import type { EventLog } from '#stream';
import type { ServedReleases } from '../releases/served-releases.js';
import type { PartitionStays } from '../stays/partition-stays.js';
import { assembleScore } from '../steps/assemble-score.js';
import { publishScores } from '../steps/publish-scores.js';
import { scoreWindows } from '../steps/score-windows.js';
import { riskPoint } from '../steps/write-history.js';
import type { EventTally, WindowOutcome } from './event-tally.js';
import type { HistoryWriter } from './history-writer.js';
import type { QueuedWindow, ScoreQueue } from './score-queue.js';

/** What the lanes work with. */
export interface InferenceLanesParts {
  readonly log: EventLog;
  readonly served: ServedReleases;
  readonly queue: ScoreQueue;
  readonly history: HistoryWriter;
  readonly tally: EventTally;
  readonly batchWindows: number;
  readonly detail: ScoreDetail;
  /** Whether the partition is still ours; asked before anything is published. */
  readonly isHeld: (stays: PartitionStays) => boolean;
  /** Called when windows have left the queue or the lanes. */
  readonly onProgress: () => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Moves due windows from the queue through the model to the log, as many batches at once as the model has lanes. They are published in the
 * order in which they left the queue, whichever is done first: of a partition whoever reads the scores sees their times go forward.
 */
export class InferenceLanes {
  private busy = 0;
  /** Resolves when every batch begun so far has been published or given up. */
  private published: Promise<void> = Promise.resolve();

  constructor(private readonly parts: InferenceLanesParts) {}

  /** Whether another batch could be started now. */
  hasFreeLane(): boolean {
    return this.busy < this.parts.served.live.scorer.lanes;
  }

  /** Starts batches while there are windows and a free lane. Never waits. */
  pump(): void {
    const { queue, batchWindows } = this.parts;
    while (this.hasFreeLane()) {
      const taken = queue.take(batchWindows);
      if (taken.length === 0) return;
      this.busy++;
      this.published = this.run(taken, this.published);
    }
  }

  /** Never rejects. */
  private async run(taken: readonly QueuedWindow[], turn: Promise<void>): Promise<void> {
    const { onProgress, onFailure } = this.parts;
    try {
      await this.scoreAndPublish(taken, turn);
      for (const { stays, seat } of taken) {
        stays.pendingWindows--;
        seat.letGo();
      }
    } catch (error) {
      onFailure(error);
      return;
    }
    this.busy--;
    onProgress();
    this.pump();
  }

  private async scoreAndPublish(taken: readonly QueuedWindow[], turn: Promise<void>): Promise<void> {
    const { log, history, tally } = this.parts;
    const { scorer } = taken[0]!.seat;
    const held = this.sortOut(taken, 'abandoned', ({ stays }) => this.parts.isHeld(stays));
    const news = this.sortOut(
      held,
      'already-published',
      ({ stays, window }) => !stays.published.take(window.stay.stayId, window.dueAtMs, window.scoreId),
    );
    const scored = await scoreWindows(
      news.map(({ window }) => window),
      scorer,
      this.parts.detail,
    );
    await turn;
    const stays = new Map(news.map((queued) => [queued.window, queued.stays]));
    const ours = scored.filter(({ window }) => this.parts.isHeld(stays.get(window)!));
    for (let lost = scored.length - ours.length; lost > 0; lost--) tally.countWindow('abandoned');
    if (ours.length === 0) return;
    const finished = ours.map((one) => ({ window: one.window, score: assembleScore(one, scorer.release) }));
    await publishScores(log, finished);
    for (const { window, score } of finished)
      history.add([riskPoint(score)], () => this.parts.isHeld(stays.get(window)!));
    for (const { score } of finished) tally.countWindow(score.risk ? 'scored' : 'refused');
  }

  /** The windows that pass; the others are counted under the outcome. */
  private sortOut(
    windows: readonly QueuedWindow[],
    otherwise: WindowOutcome,
    passes: (queued: QueuedWindow) => boolean,
  ): QueuedWindow[] {
    return windows.filter((queued) => {
      const pass = passes(queued);
      if (!pass) this.parts.tally.countWindow(otherwise);
      return pass;
    });
  }
}
