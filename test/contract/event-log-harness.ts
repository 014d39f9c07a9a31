import type { EventLog } from '#stream';

/** What the contract of the log needs of an adapter. One harness serves one test. */
export interface EventLogHarness {
  /** Opens a log on the same durable state. On an adapter for one process at a time, the one before must be closed. */
  open(): Promise<EventLog>;
  /** Moves the clock of retention forward; absent where the clock is not ours. */
  advanceMs?(ms: number): void;
  /** Closes what is open and removes the state. */
  destroy(): Promise<void>;
}

/** A started harness for each test. */
export type CreateEventLogHarness = () => Promise<EventLogHarness>;
