import { signalDefinition, type SignalId } from '#clinical';
import { LOG_SCALED_SIGNALS } from './log-scaled-signals.js';
import type { SignalScale } from './signal-normaliser.js';

/** A scale is never finer than this share of the signal's plausible range, so that a constant signal stays finite. */
const LEAST_SD_SHARE = 0.01;

/**
 * Gathers means and standard deviations of training windows, signal by signal (Welford, Technometrics 1962;4:419).
 *
 * Only training stays may be shown to it: what a validation or test stay looks like must not reach a scale.
 */
export class NormaliserFit {
  readonly #counts: number[];
  readonly #means: number[];
  readonly #squares: number[];

  constructor(readonly signals: readonly SignalId[]) {
    this.#counts = signals.map(() => 0);
    this.#means = signals.map(() => 0);
    this.#squares = signals.map(() => 0);
  }

  /** @param values [signal, hour] stored units; @param mask [signal, hour] */
  add(values: Float32Array, mask: Float32Array): void {
    const hours = values.length / this.signals.length;
    for (let entry = 0; entry < values.length; entry++) {
      if (mask[entry] !== 1) continue;
      const row = Math.floor(entry / hours);
      const scaled = scaledValue(this.signals[row]!, values[entry]!);
      const count = ++this.#counts[row]!;
      const distance = scaled - this.#means[row]!;
      this.#means[row]! += distance / count;
      this.#squares[row]! += distance * (scaled - this.#means[row]!);
    }
  }

  /** The scale of every signal; one that was never seen gets the middle and a quarter of its plausible range. */
  scales(): Record<string, SignalScale> {
    return Object.fromEntries(this.signals.map((signal, row) => [signal, this.#scale(signal, row)]));
  }

  #scale(signal: SignalId, row: number): SignalScale {
    const logOffset = LOG_SCALED_SIGNALS[signal];
    const [low, high] = signalDefinition(signal).plausible.map((bound) => scaledValue(signal, bound)) as [
      number,
      number,
    ];
    const unseen = { mean: (low + high) / 2, sd: (high - low) / 4 };
    const seen = {
      mean: this.#means[row]!,
      sd: Math.max(Math.sqrt(this.#squares[row]! / this.#counts[row]!), LEAST_SD_SHARE * (high - low)),
    };
    const scale = this.#counts[row]! > 1 ? seen : unseen;
    return logOffset === undefined ? scale : { ...scale, logOffset };
  }
}

function scaledValue(signal: SignalId, value: number): number {
  const logOffset = LOG_SCALED_SIGNALS[signal];
  return logOffset === undefined ? value : Math.log(Math.max(value + logOffset, 1e-6));
}
