import type { SignalId } from '#clinical';
import type { ScoreDetail, WindowScore, WindowToScore } from '#model';

/** Below this a window is not scored but refused with the reason. */
export interface ScoringFloor {
  /** Smallest share of the release's signals that were measured at least once in the window. */
  readonly completeness: number;
  /** Smallest time since admission, hours. */
  readonly hoursSinceAdmission: number;
}

/** The release in use, as far as a score must name it. */
export interface ReleaseFacts {
  readonly releaseId: string;
  readonly stage: 'untrained' | 'research';
  /** In the order in which the network reads them. */
  readonly signals: readonly SignalId[];
  /** Engine that computes, such as `onnx-cpu`. */
  readonly engine: string;
  readonly floor: ScoringFloor;
}

/** The model cannot score now: no release, a bundle that does not load, or a worker that died. */
export class ModelUnavailableError extends Error {
  override readonly name = 'ModelUnavailableError';
}

/** Scores windows with one release. A window's score does not depend on the batch that it rides in. */
export abstract class WindowScorer {
  abstract readonly release: ReleaseFacts;
  /** Number of batches that may be in hand at once. */
  abstract readonly lanes: number;
  /**
   * Scores of the windows, in their order. Rejects with a {@link ModelUnavailableError} when none can be had; anything else that it
   * rejects with is unexpected.
   *
   * @param detail `risk` leaves out what explains a score; the risk has the same bytes. @default 'whole'
   */
  abstract score(windows: readonly WindowToScore[], detail?: ScoreDetail): Promise<readonly WindowScore[]>;
  abstract close(): Promise<void>;
}
