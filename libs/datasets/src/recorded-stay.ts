import type { Observation, Stay, StayOutcome } from '#clinical';
import type { DatasetId } from './dataset-id.js';
import type { SeverityScore } from './severity-scores.js';

/** A stay as it was recorded, whole: what a replay puts on the log and a trainer learns from. */
export interface RecordedStay {
  /**
   * Times count from `admittedAtMs`, which is 0 as read, but for `local` stays, which keep their dates; {@link shiftStay} moves the whole stay to a
   * date.
   */
  readonly stay: Stay;
  readonly datasetId: DatasetId;
  /** Pseudonym of the person; two stays of one person share it, and a split goes by it. */
  readonly patientId: string;
  /** By availability time, oldest first. */
  readonly observations: readonly Observation[];
  /** When the stay ended, or where its recording stops. No observation became available after it. */
  readonly endedAtMs?: number;
  /** Died in hospital, or left it alive; absent where the data set does not say. */
  readonly outcome?: StayOutcome;
  /** When the outcome became known, where the data set says so: nothing can be learned from it before. */
  readonly outcomeKnownAtMs?: number;
  /** Scores that came with the data, computed by its authors from the first day or days; a score that is absent is unknown. */
  readonly severityScores?: Readonly<Partial<Record<SeverityScore, number>>>;
  /** Days from ICU admission to death, where the data set says so: whoever left hospital alive may have it too. */
  readonly survivalDays?: number;
  /** Days in hospital from ICU admission, where the data set says so. */
  readonly lengthOfStayDays?: number;
}
