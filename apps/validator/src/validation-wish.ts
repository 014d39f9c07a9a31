import type { AlertPolicy } from '#alerting';
import type { StayChoice } from './stays/chosen-stays.js';

/** What is to be validated on what. */
export interface ValidationWish {
  /** Recorded stays of data sets, or a recording of topics; one of both. */
  readonly choices: readonly StayChoice[];
  /** File of `replay record`. */
  readonly recording?: string;
  /** Folders of one or two releases. */
  readonly releases: readonly string[];
  /** Event hours between two scores. */
  readonly everyHours: number;
  /** Whether a laboratory panel brings a score before its time, as when a stay is watched live. @default true */
  readonly panels?: boolean;
  readonly seed: number;
  readonly resamples: number;
  /** Computes contributions and imputed values of every score, too. */
  readonly contributions: boolean;
  /** Stays on which the imputer is judged, at most. */
  readonly hiddenStays: number;
  /** Model threads. */
  readonly threads: number;
  readonly policies: readonly AlertPolicy[];
  /** Where the report is written. */
  readonly outFolder: string;
  /** Where scores are kept as they are made; validations may share it. @default `scores` in the folder of the report */
  readonly storeFolder?: string;
  /** Kafka; the log is in memory without. */
  readonly brokers?: readonly string[];
  /** The command, for the report. */
  readonly command: string;
}
