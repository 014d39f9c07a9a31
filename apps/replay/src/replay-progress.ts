/** What a replay is doing. */
export type ReplayState = 'ready' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

/** How far a replay has come; counts what is durable on the log, earlier runs of a resumed replay included. */
export interface ReplayProgress {
  readonly state: ReplayState;
  readonly stays: number;
  readonly admittedStays: number;
  readonly endedStays: number;
  readonly events: number;
  readonly appendedEvents: number;
  /** Of these, what earlier runs had appended. */
  readonly earlierEvents: number;
  /** Since it was known what to replay, milliseconds; pauses count. */
  readonly runningMs: number;
  /** Log time of the last appended event; the anchor before the first. */
  readonly simulatedMs: number;
  readonly anchorMs: number;
}
