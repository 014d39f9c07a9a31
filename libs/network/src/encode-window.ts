import type { HyperParameters } from './hyper-parameters.js';
import { linearLayer } from './linear-layer.js';
import type { Ops } from './ops.js';
import { transformerLayers } from './transformer-layer.js';
import { weight, type Weights } from './weights.js';

/** A batch of windows as measured. */
export interface ObservedWindows<T> {
  /** [batch, signal, hour] normalised, 0 where missing */
  values: T;
  /** [batch, signal, hour] 1 measured, 0 missing */
  mask: T;
  /** [batch, signal, hour] hours since the signal was last measured, 0 where it is, at most the length of the window */
  hoursSince: T;
  /** [batch, static] */
  static: T;
}

/** What the imputer knows of a window before any noise is drawn. */
export interface EncodedWindow<T> {
  /** [batch, hour, channels] for the denoiser */
  context: T;
  /** [batch, signal, hour] the value to be expected at each entry, normalised */
  center: T;
  /** [batch, signal, hour] how far from it the value may lie, above 0, normalised */
  spread: T;
}

/** Smallest spread: keeps residuals, which are divided by it, within reason. */
const LEAST_SPREAD = 0.02;

/**
 * Reads a window once, however many samples and steps follow: a first guess of every entry from transformers over hours, a second from
 * transformers over the signals of the filled window, a third over its hours again; and how far off the last may be.
 *
 * Tokens are whole hours and whole signals (as in SAITS, Du et al. 2023, and iTransformer, Liu et al. 2024), not single entries:
 * 24 and 36 of them instead of 864.
 */
export function encodeWindow<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  windows: ObservedWindows<T>,
): EncodedWindow<T> {
  const stay = ops.expandDims(linearLayer(ops, weights, 'imputer.static', windows.static), 1);
  const hourly = hourTokens(ops, weights, hyper, windows, stay);
  const first = transposed(ops, linearLayer(ops, weights, 'imputer.first', hourly));
  const signalwise = signalTokens(ops, weights, hyper, windows, fill(ops, windows, first), stay);
  const second = ops.add(first, linearLayer(ops, weights, 'imputer.second', signalwise));
  const context = refinedTokens(ops, weights, hyper, windows, fill(ops, windows, second), hourly);
  const third = transposed(ops, linearLayer(ops, weights, 'imputer.third', context));
  const byHour = transposed(ops, linearLayer(ops, weights, 'imputer.spreadByHour', context));
  const width = ops.add(byHour, linearLayer(ops, weights, 'imputer.spreadBySignal', signalwise));
  return { context, center: ops.add(second, third), spread: ops.offset(ops.softplus(width), LEAST_SPREAD) };
}

/** [batch, hour, channels]: values, mask and elapsed hours of all signals of an hour, the hour, the stay. */
function hourTokens<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  { values, mask, hoursSince }: ObservedWindows<T>,
  stay: T,
): T {
  const elapsed = ops.scale(hoursSince, 1 / hyper.hours);
  const byHour = transposed(ops, ops.concat([values, mask, elapsed], 1));
  const place = ops.expandDims(weight(weights, 'imputer.hour'), 0);
  const tokens = ops.add(ops.add(linearLayer(ops, weights, 'imputer.hourInput', byHour), place), stay);
  const { hourLayers, ...sizes } = hyper.imputer;
  return transformerLayers(ops, weights, 'imputer.hours', hourLayers, tokens, { ...sizes, tokens: hyper.hours });
}

/** [batch, signal, channels]: the filled values, mask and elapsed hours of all hours of a signal, the signal, the stay. */
function signalTokens<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  { mask, hoursSince }: ObservedWindows<T>,
  filled: T,
  stay: T,
): T {
  const rows = ops.concat([filled, mask, ops.scale(hoursSince, 1 / hyper.hours)], 2);
  const place = ops.expandDims(weight(weights, 'imputer.signal'), 0);
  const tokens = ops.add(ops.add(linearLayer(ops, weights, 'imputer.signalInput', rows), place), stay);
  const { signalLayers, ...sizes } = hyper.imputer;
  return transformerLayers(ops, weights, 'imputer.signals', signalLayers, tokens, { ...sizes, tokens: hyper.signals });
}

/** [batch, hour, channels]: the hour tokens with what is now known of all signals. */
function refinedTokens<T>(
  ops: Ops<T>,
  weights: Weights<T>,
  hyper: HyperParameters,
  { mask }: ObservedWindows<T>,
  filled: T,
  hourly: T,
): T {
  const byHour = transposed(ops, ops.concat([filled, mask], 1));
  const tokens = ops.add(hourly, linearLayer(ops, weights, 'imputer.refineInput', byHour));
  const { refineLayers, ...sizes } = hyper.imputer;
  return transformerLayers(ops, weights, 'imputer.refine', refineLayers, tokens, { ...sizes, tokens: hyper.hours });
}

/** The measured value, or the guess. */
function fill<T>(ops: Ops<T>, { values, mask }: ObservedWindows<T>, guess: T): T {
  const missing = ops.offset(ops.scale(mask, -1), 1);
  return ops.add(ops.multiply(values, mask), ops.multiply(guess, missing));
}

function transposed<T>(ops: Ops<T>, x: T): T {
  return ops.transpose(x, [0, 2, 1]);
}
