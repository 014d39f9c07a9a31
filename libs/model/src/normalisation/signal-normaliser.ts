import { signalDefinition, type SignalId } from '#clinical';

/** How one signal is brought to mean 0 and standard deviation 1. */
export interface SignalScale {
  readonly mean: number;
  readonly sd: number;
  /** Present for a skewed signal: the logarithm of value + `logOffset` is normalised, and mean and sd are on that scale. */
  readonly logOffset?: number;
}

/** Normalised values beyond this many standard deviations are cut off. */
export const NORMALISED_LIMIT = 6;

/**
 * Brings windows from stored units to the networks' scale and back, signal by signal.
 *
 * Fitted on training stays only and kept in the bundle; see `NormaliserFit`.
 */
export class SignalNormaliser {
  readonly #scales: readonly SignalScale[];

  /**
   * @param limit standard deviations beyond which values are cut off
   * @throws RangeError when a signal has no scale, or one that cannot divide
   */
  constructor(
    readonly signals: readonly SignalId[],
    readonly scales: Readonly<Record<string, SignalScale>>,
    private readonly limit = NORMALISED_LIMIT,
  ) {
    this.#scales = signals.map((signal) => {
      const scale = scales[signal];
      if (scale === undefined || !(scale.sd > 0) || !Number.isFinite(scale.mean))
        throw new RangeError(
          `the normaliser has no usable scale for ${signal}: expected a finite mean and an sd above 0`,
        );
      return scale;
    });
  }

  /**
   * @param values [signal, hour] stored units
   * @param mask   [signal, hour]
   * @returns      [signal, hour] normalised and cut off at the limit, +-6 as served; 0 where missing
   */
  normalise(values: Float32Array, mask: Float32Array): Float32Array {
    const hours = values.length / this.signals.length;
    return values.map((value, entry) =>
      mask[entry] === 1 ? normaliseValue(this.#scales[Math.floor(entry / hours)]!, value, this.limit) : 0,
    );
  }

  /** A normalised value of one signal in its stored unit, kept within what is physiologically possible. */
  toStoredUnit(signalIndex: number, normalised: number): number {
    const { mean, sd, logOffset } = this.#scales[signalIndex]!;
    const scaled = normalised * sd + mean;
    const value = logOffset === undefined ? scaled : Math.exp(scaled) - logOffset;
    const [low, high] = signalDefinition(this.signals[signalIndex]!).plausible;
    return Math.min(high, Math.max(low, value));
  }
}

/** A value on the scale of a network; what lies beyond the limit, +-6 standard deviations as served, is cut off. */
export function normaliseValue(scale: SignalScale, value: number, limit = NORMALISED_LIMIT): number {
  const scaled = scale.logOffset === undefined ? value : Math.log(Math.max(value + scale.logOffset, 1e-6));
  return Math.max(-limit, Math.min(limit, (scaled - scale.mean) / scale.sd));
}
