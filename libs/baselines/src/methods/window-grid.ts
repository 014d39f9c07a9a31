import type { StayStatic } from '#clinical';

/** Severity scores that a data set brings along, computed by its authors from the first day. */
export type SeverityScore = 'saps-i' | 'sofa' | 'apache-iva';

/** What is known of a window beside its values. */
export interface GridStay {
  /** Windows of one stay share it; absent where every window is of another stay. */
  readonly stayId?: string;
  /** Stays of one patient share it; absent where every stay is of another patient. */
  readonly patientId?: string;
  readonly static: StayStatic;
  readonly hoursSinceAdmission: number;
  readonly severityScores?: Readonly<Partial<Record<SeverityScore, number>>>;
}

/** Windows side by side, as every method reads them. Arrays are row-major and only read. */
export interface WindowGrid {
  readonly count: number;
  /** Names of the signals: of the catalogue, or of a published protocol that has its own. */
  readonly signalIds: readonly string[];
  readonly hours: number;
  /** Numbers that describe a stay (see the model's static features). */
  readonly staticSize: number;
  /** [window, signal, hour] normalised; where the mask is 0: 0, or what an imputer put there. */
  readonly values: Float32Array;
  /** [window, signal, hour]; 1 measured (and not hidden), 0 missing. */
  readonly mask: Float32Array;
  /** [window, static] */
  readonly static: Float32Array;
  /** [window, signal, hour] stored units; NaN where the mask is 0. */
  readonly stored: Float32Array;
  /** One a window. */
  readonly stays: readonly GridStay[];
}

/** Windows with outcomes. */
export interface OutcomeGrid extends WindowGrid {
  /** [window]; 1 died in hospital, 0 survived. */
  readonly labels: Float32Array;
}
