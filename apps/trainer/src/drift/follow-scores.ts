import { EventLogError, type CommitPosition, type EventLog, type LogRecord, type Subscription } from '#stream';
import { TOPICS } from '#wire';

/** How scores and outcomes are followed. */
export interface FollowOptions {
  readonly log: EventLog;
  readonly group: string;
  /** Takes records in. */
  readonly take: (records: readonly LogRecord[]) => void;
  /** Makes what was taken in durable. */
  readonly save: () => Promise<void>;
  readonly onFailure: (error: Error) => void;
}

/** A running membership. */
export interface ScoreFollower {
  /** Saves, then commits what was taken in before. */
  flush(): Promise<void>;
  /** Flushes a last time and leaves the group. */
  stop(): Promise<void>;
}

/** Follows `risk-scores` and `stay-outcomes`. Offsets are committed after what was counted is saved, so after a crash records are read again. */
export async function followScores({ log, group, take, save, onFailure }: FollowOptions): Promise<ScoreFollower> {
  const next = new Map<string, CommitPosition>();
  const subscription: Subscription = await log.subscribe({
    ...{ group, topics: [TOPICS.riskScores, TOPICS.stayOutcomes], onFailure },
    handler: {
      onBatch: async ({ topic, partition, records }) => {
        take(records);
        const last = records.at(-1);
        if (last !== undefined) next.set(`${topic}/${partition}`, { topic, partition, nextOffset: last.offset + 1n });
      },
    },
  });
  let work = Promise.resolve();
  const flush = (): Promise<void> => {
    const flushed = work.then(async () => {
      const positions = [...next.values()];
      next.clear();
      if (positions.length === 0) return;
      await save();
      for (const position of positions) await commit(subscription, position);
    });
    work = flushed.catch(() => undefined);
    return flushed;
  };
  return { flush, stop: () => flush().finally(() => subscription.close()) };
}

/** A partition that was lost meanwhile is read again by its new owner. */
async function commit(subscription: Subscription, position: CommitPosition): Promise<void> {
  try {
    await subscription.commit([position]);
  } catch (error) {
    if (!(error instanceof EventLogError) || error.code !== 'not-assigned') throw error;
  }
}
