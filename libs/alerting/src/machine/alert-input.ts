/** What the machine needs of a score. */
export interface ScoreFacts {
  /** Same window, due time and release: same id. */
  readonly id: string;
  /** Event time of the window's end. */
  readonly dueAtMs: number;
  readonly site: string;
  readonly ward: string;
  readonly bed: string;
  readonly releaseId: string;
  readonly releaseStage: 'untrained' | 'research';
  /** Absent when refused. */
  readonly risk?: { readonly median: number; readonly low: number; readonly high: number };
  readonly refusedBecause?: string;
  /** `total` is a lower bound while parts are missing; absent when it is not known at all. */
  readonly news2?: { readonly total: number; readonly missing: readonly string[] };
  /** Share of the release's signals measured in the window; absent when not known. */
  readonly completeness?: number;
}

/** What a person asks of an alert. */
export interface AlertOrder {
  readonly commandId: string;
  readonly alertId: string;
  readonly action: 'acknowledge' | 'snooze' | 'resolve';
  readonly untilMs?: number;
  readonly by: string;
  readonly why?: string;
}

/**
 * Something that happened to a stay. `atMs` is its time on the clock that the caller keeps (log timestamps; the wall clock for ticks of a
 * live ward); the machine reads no other clock. Of one stay, inputs are given in the order of the log.
 */
export type AlertInput =
  | { readonly kind: 'score'; readonly atMs: number; readonly score: ScoreFacts }
  /** A value of the stay was put on the log. */
  | { readonly kind: 'heard'; readonly atMs: number; readonly effectiveAtMs: number }
  /** Admitted or transferred: where the stay is now. */
  | {
      readonly kind: 'placed';
      readonly atMs: number;
      readonly site: string;
      readonly ward: string;
      readonly bed: string;
    }
  /** Discharged, died, or the admission was cancelled. */
  | { readonly kind: 'ended'; readonly atMs: number }
  /** Merged into another stay, whose own alerts go on. */
  | { readonly kind: 'merged'; readonly atMs: number }
  /** A discharge was cancelled. */
  | { readonly kind: 'reopened'; readonly atMs: number }
  | { readonly kind: 'command'; readonly atMs: number; readonly command: AlertOrder }
  /** Nothing happened but time. */
  | { readonly kind: 'tick'; readonly atMs: number };

/** The closed set of what can become of an input. */
export const DECISION_OUTCOMES = [
  'applied',
  /** The same score or command was taken before; nothing changed. */
  'repeated',
  /** A score older than the newest taken; nothing changed. */
  'older',
  /** The stay is over; nothing changed. */
  'stay-ended',
  /** A value of a stay of which neither admission nor score is known; nothing changed. */
  'stay-unknown',
  /** The command found the alert as it asks it to be. */
  'already-so',
  /** The command names an alert that is over. */
  'already-resolved',
  /** The command names no alert of this stay that is known. */
  'alert-unknown',
  /** The command asks to acknowledge or snooze what does not fire. */
  'not-firing',
  /** The snooze asked for ends before it begins. */
  'snooze-over',
] as const;

/** One of {@link DECISION_OUTCOMES}. */
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number];
