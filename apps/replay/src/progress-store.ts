import { z } from 'zod';

/** How far a replay has come. */
export const replayPositionSchema = z.strictObject({
  version: z.literal(1),
  /** Of the stays and their placement; another plan has another order of events. */
  planDigest: z.string(),
  anchorMs: z.int(),
  /** On which log, in words; absent where whoever replays has but one. */
  log: z.string().optional(),
  /** Events that are durable on the log, counted from the first. */
  appendedEvents: z.int().nonnegative(),
});

export type ReplayPosition = z.infer<typeof replayPositionSchema>;

/** Where the position of a replay is kept between runs. */
export abstract class ProgressStore {
  /** The last saved position, or undefined when there is none. Rejects when what is there is no position. */
  abstract load(): Promise<ReplayPosition | undefined>;
  /** Replaces the position, whole or not at all. */
  abstract save(position: ReplayPosition): Promise<void>;
}

/** Keeps the position in memory, for a replay that is never resumed by another process. */
export class MemoryProgressStore extends ProgressStore {
  #position: ReplayPosition | undefined;

  override load(): Promise<ReplayPosition | undefined> {
    return Promise.resolve(this.#position);
  }

  override save(position: ReplayPosition): Promise<void> {
    this.#position = position;
    return Promise.resolve();
  }
}
