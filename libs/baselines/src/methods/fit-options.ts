import type { TensorRuntime } from '#engine';

/** What every fit is given. The same data, seed and runtime give the same fit. */
export interface FitOptions {
  readonly seed: number;
  /** Of networks: passes over the training windows at most; ignored by methods without passes. Every method gets the same. */
  readonly epochs: number;
  /** Of networks: epochs without a better validation before the fit ends. */
  readonly patience: number;
  /** Runs networks; a method that needs none may be fitted without. */
  readonly runtime?: TensorRuntime;
  /** Told after each pass or part: share done in [0, 1], and a short text such as the validation error. */
  readonly onProgress?: (share: number, text: string) => void;
  /** Asks for an orderly stop: the fit rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
