import { setTimeout as delay } from 'node:timers/promises';
import { HOUR_MS } from '#clinical';
import { createScorer, type ScorerTally, type WindowScorer } from '#scorer';
import type { ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import { DiscardedHistory } from './discarded-history.js';

/** Barriers are of no use here: a pass that is cut short is begun anew. */
const NEVER_MS = 2 ** 30;
const LOOK_EVERY_MS = 15;
/** What a batch needs lies in the cache of a core; sixteen are slower by a twentieth. */
const BATCH_WINDOWS = 8;

/** What a pass of the scorer is made of. */
export interface ScorePass {
  readonly log: EventLog;
  readonly scorer: WindowScorer;
  readonly logger: ServiceLogger;
  /** Event hours between two scores of a stay. */
  readonly everyHours: number;
  /** Whether a laboratory panel makes a stay due before its time. */
  readonly panels: boolean;
  /** Whether contributions and imputed values are computed and published, too. */
  readonly contributions: boolean;
  readonly partitions: number;
  readonly maxStays: number;
  readonly group: string;
  /** Puts the events on the log; resolves with their number. The scorer reads meanwhile. */
  readonly feed: (log: EventLog) => Promise<number>;
  readonly onProgress?: (tally: ScorerTally) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs the scorer of `apps/scorer` itself over what the feed puts on the log, until every due window is scored. No due window is
 * superseded: where the model falls behind, the log waits.
 *
 * @throws whatever the feed or the scorer fails with; the signal's reason when it aborts
 */
export async function scoreLog(pass: ScorePass): Promise<ScorerTally> {
  const { log, scorer, logger, signal } = pass;
  const failures: Error[] = [];
  const running = await createScorer({
    ...{ log, scorer, logger, history: new DiscardedHistory(), flushEveryMs: NEVER_MS },
    ...{ partitions: pass.partitions, group: pass.group },
    scoring: {
      ...{ overload: 'wait', scoreEveryMs: pass.everyHours * HOUR_MS, panels: pass.panels },
      maxStays: pass.maxStays,
      batchWindows: BATCH_WINDOWS,
      ...{ detail: pass.contributions ? 'whole' : 'risk', flushAtTouched: Number.MAX_SAFE_INTEGER },
    },
    onFailure: (error) => void failures.push(error),
  });
  try {
    let events = Infinity;
    const fed = pass.feed(log).then(
      (count) => void (events = count),
      (error: unknown) => void failures.push(error as Error),
    );
    const isOver = (): boolean => {
      if (signal.aborted) throw signal.reason;
      if (failures[0] !== undefined) throw failures[0];
      const { received, handedOn } = running.tally().events;
      return received >= events + handedOn && running.tally().windows.waiting === 0;
    };
    while (!isOver()) {
      await delay(LOOK_EVERY_MS);
      pass.onProgress?.(running.tally());
    }
    await fed;
    return running.tally();
  } finally {
    await running.stop().catch((error: unknown) => {
      if (failures.length === 0 && !signal.aborted) throw error;
    });
  }
}
