import type { SignalId, StayStatic } from '#clinical';

/** One window as the scorer hands it over. */
export interface WindowToScore {
  /** [signal, hour] stored units, in the release's order of signals; 0 where missing. */
  readonly values: Float32Array;
  /** [signal, hour]; 1 measured, 0 missing. */
  readonly mask: Float32Array;
  readonly static: StayStatic;
  /** At the window's end. */
  readonly hoursSinceAdmission: number;
  /** Decides the noise: the same window and key give the same bytes. For instance stay|due time|window digest|release. */
  readonly noiseKey: string;
}

/** How much a signal speaks for or against death in this window. */
export interface Contribution {
  readonly signal: SignalId;
  /** Log odds of the risk with the signal minus without it: above 0, what was measured raises the risk. */
  readonly logOdds: number;
}

/** Median, as the imputer expects it, and 5-95 % interval of the imputed window. Measured entries hold the measured value in all three. */
export interface ImputedWindow {
  /** [signal, hour] stored units. */
  readonly median: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** How much of a score is computed: all of it, or the risk alone, which has the same bytes either way. */
export type ScoreDetail = 'whole' | 'risk';
/** Outcomes of the training stays whose windows look most alike to the risk networks. Aggregate only. */
export interface NearestStays {
  /** How many they are. */
  readonly stays: number;
  /** Of these. */
  readonly died: number;
}

/** What the model says of one window. */
export interface WindowScore {
  /** Calibrated probability of in-hospital death: median and 5-95 % interval over the imputed samples and the release's risk networks. */
  readonly risk: { readonly median: number; readonly low: number; readonly high: number };
  /** Absent where the release holds no training stays to compare with. */
  readonly nearest?: NearestStays;
  /** Strongest first, ten at most; signals without a measurement have none, and nor has a score of the risk alone. */
  readonly contributions: readonly Contribution[];
  /** Arrays of length 0 where the risk alone was asked for. */
  readonly imputed: ImputedWindow;
}
