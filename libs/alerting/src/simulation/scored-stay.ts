/** One recorded score of a stay. */
export interface ScoredRow {
  /** Event time of the score, epoch milliseconds or since any fixed time of the stay. */
  readonly atMs: number;
  /** The risk and its interval; absent when refused. Without `low` and `high` both ends are the median. */
  readonly median?: number;
  readonly low?: number;
  readonly high?: number;
  /** Sum of NEWS2; absent when not known. */
  readonly news2?: number;
  /** Parts of NEWS2 that were not measured. @default [] */
  readonly news2Missing?: readonly string[];
  /** Share of signals measured in the window; absent when not recorded. */
  readonly completeness?: number;
  /** Why there is no risk. */
  readonly refused?: string;
}

/** The recorded scores of a stay and how it ended. */
export interface ScoredStay {
  readonly stayId: string;
  /** @default the rules for everywhere */
  readonly site?: string;
  readonly ward?: string;
  readonly admittedAtMs: number;
  /** Discharge or death, on the clock of the scores. */
  readonly endedAtMs: number;
  readonly died: boolean;
  /** Ascending by time. */
  readonly scores: readonly ScoredRow[];
}

/** What a simulation assumes about the staff and the recording. */
export interface SimulationOptions {
  /**
   * Minutes from an alert's firing until somebody acknowledges it; `Infinity` when nobody ever does.
   * @default 10
   */
  readonly acknowledgeAfterMinutes?: number;
  /**
   * Usual time between two scores, milliseconds: a stay is watched from its first score until so long after its last.
   * @default the median gap between two scores of a stay
   */
  readonly everyMs?: number;
}
