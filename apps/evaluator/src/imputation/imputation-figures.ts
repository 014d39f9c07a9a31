import type { Imputation, WindowGrid } from '#baselines';
import { imputationError, isWithinInterval, quantileLoss, quantileOfDraws } from '#evaluation';
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

/** Hidden entries of some windows and what a method says of them, window after window. Samples are summed up as they come, not kept. */
export class HiddenEntries {
  readonly truth: number[] = [];
  readonly imputed: number[] = [];
  readonly #medians: number[] = [];
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #signals: number[] = [];
  readonly #storedTruth: number[] = [];
  #loss = 0;
  #within50 = 0;
  #within90 = 0;

  /**
   * @param whole  the windows with nothing hidden
   * @param hidden [window, signal, hour]; 1 where hidden
   */
  add(whole: WindowGrid, hidden: Float32Array, { values, samples }: Imputation): void {
    const size = whole.signalIds.length * whole.hours;
    for (let entry = 0; entry < hidden.length; entry++) {
      if (hidden[entry] !== 1) continue;
      const [truth, imputed] = [whole.values[entry]!, values[entry]!];
      this.truth.push(truth);
      this.imputed.push(imputed);
      this.#signals.push(Math.floor((entry % size) / whole.hours));
      this.#storedTruth.push(whole.stored[entry]!);
      if (samples === undefined) this.#loss += quantileLoss(Float64Array.of(imputed), truth);
      else
        this.#addSamples(
          Float64Array.from(samples, (sample) => sample[entry]!),
          truth,
        );
    }
  }

  /** The 5-95 % interval of each entry; undefined where the method draws no samples. */
  get interval(): { readonly low: Float32Array; readonly high: Float32Array } | undefined {
    if (this.#low.length === 0) return undefined;
    return { low: Float32Array.from(this.#low), high: Float32Array.from(this.#high) };
  }

  /** @param normaliser that the windows were normalised with, for errors in stored units; without it, there are none by signal */
  figures(normaliser: SignalNormaliser | undefined, windows: number, elapsedMs: number): ImputationFigures {
    const { truth, imputed } = this;
    return {
      ...imputationError(imputed, truth),
      windows,
      crps: this.#loss / truth.reduce((sum, value) => sum + Math.abs(value), 0),
      ...(this.#medians.length === 0 ? {} : this.#figuresOfSamples()),
      msPerWindow: elapsedMs / windows,
      bySignal: normaliser === undefined ? [] : this.#bySignal(normaliser),
    };
  }

  #addSamples(draws: Float64Array, truth: number): void {
    const sorted = draws.sort();
    this.#loss += quantileLoss(sorted, truth);
    this.#within50 += Number(isWithinInterval(sorted, truth, 0.5));
    this.#within90 += Number(isWithinInterval(sorted, truth, 0.9));
    this.#low.push(quantileOfDraws(sorted, 0.05));
    this.#medians.push(quantileOfDraws(sorted, 0.5));
    this.#high.push(quantileOfDraws(sorted, 0.95));
  }

  #figuresOfSamples(): Pick<ImputationFigures, 'rmseOfSamples' | 'maeOfSamples' | 'coverage50' | 'coverage90'> {
    const { rmse, mae, entries } = imputationError(Float32Array.from(this.#medians), this.truth);
    return {
      ...{ rmseOfSamples: rmse, maeOfSamples: mae },
      ...{ coverage50: this.#within50 / entries, coverage90: this.#within90 / entries },
    };
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
