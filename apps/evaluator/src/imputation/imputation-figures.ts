import type { Imputation, WindowGrid } from '#baselines';
import { imputationError, intervalCoverage, normalisedCrps, quantileOfSorted } from '#evaluation';
import type { SignalNormaliser } from '#model';

/** Errors of one signal in its stored unit. */
export interface SignalError {
  readonly signal: string;
  readonly entries: number;
  readonly rmse: number;
  readonly mae: number;
}

/** Figures of one method on one way of hiding, normalised scale. */
export interface ImputationFigures {
  readonly entries: number;
  readonly windows: number;
  readonly rmse: number;
  readonly mae: number;
  /** Errors of the median of the samples instead of the method's own point; absent where it has none. */
  readonly rmseOfSamples?: number;
  readonly maeOfSamples?: number;
  /** Of a method without samples: its normalised absolute error. */
  readonly crps: number;
  /** Absent where the method has no samples. */
  readonly coverage50?: number;
  readonly coverage90?: number;
  readonly msPerWindow: number;
  /** What the fit chose on validation windows. */
  readonly chosen?: Readonly<Record<string, number>>;
  readonly bySignal: readonly SignalError[];
}

/** Hidden entries of some windows and what a method says of them, window after window. */
export class HiddenEntries {
  readonly truth: number[] = [];
  readonly imputed: number[] = [];
  readonly samples: Float32Array[] = [];
  readonly #signals: number[] = [];
  readonly #storedTruth: number[] = [];

  /**
   * @param whole  the windows with nothing hidden
   * @param hidden [window, signal, hour]; 1 where hidden
   */
  add(whole: WindowGrid, hidden: Float32Array, { values, samples }: Imputation): void {
    const size = whole.signalIds.length * whole.hours;
    for (let entry = 0; entry < hidden.length; entry++) {
      if (hidden[entry] !== 1) continue;
      this.truth.push(whole.values[entry]!);
      this.imputed.push(values[entry]!);
      if (samples !== undefined) this.samples.push(Float32Array.from(samples, (sample) => sample[entry]!));
      this.#signals.push(Math.floor((entry % size) / whole.hours));
      this.#storedTruth.push(whole.stored[entry]!);
    }
  }

  /** Quantile of the samples of each entry; undefined where the method has none. */
  quantile(level: number): Float32Array | undefined {
    if (this.samples.length === 0) return undefined;
    return Float32Array.from(this.samples, (draws) => quantileOfSorted(draws.toSorted(), level));
  }

  /** @param normaliser that the windows were normalised with, for errors in stored units; without it, there are none by signal */
  figures(normaliser: SignalNormaliser | undefined, windows: number, elapsedMs: number): ImputationFigures {
    const { truth, imputed, samples } = this;
    const hasSamples = samples.length > 0;
    const draws = hasSamples ? samples : imputed.map((value) => [value]);
    return {
      ...imputationError(imputed, truth),
      windows,
      crps: normalisedCrps(draws, truth),
      ...(hasSamples
        ? {
            ...this.#errorOfSamples(),
            coverage50: intervalCoverage(samples, truth, 0.5),
            coverage90: intervalCoverage(samples, truth, 0.9),
          }
        : {}),
      msPerWindow: elapsedMs / windows,
      bySignal: normaliser === undefined ? [] : this.#bySignal(normaliser),
    };
  }

  #errorOfSamples(): { readonly rmseOfSamples: number; readonly maeOfSamples: number } {
    const { rmse, mae } = imputationError(this.quantile(0.5)!, this.truth);
    return { rmseOfSamples: rmse, maeOfSamples: mae };
  }

  #bySignal(normaliser: SignalNormaliser): SignalError[] {
    return normaliser.signals.flatMap((signal, at) => {
      const own = [...this.#signals.keys()].filter((row) => this.#signals[row] === at);
      if (own.length === 0) return [];
      const found = own.map((row) => normaliser.toStoredUnit(at, this.imputed[row]!));
      const error = imputationError(
        found,
        own.map((row) => this.#storedTruth[row]!),
      );
      return [{ signal, ...error }];
    });
  }
}
