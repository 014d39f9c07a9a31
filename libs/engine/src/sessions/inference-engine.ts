import type { HyperParameters } from '#network';

/** What computes. */
export const ENGINE_NAMES = ['onnx-cpu', 'onnx-cuda', 'tensorflow-gpu', 'tensorflow-cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What may be asked for; `auto` takes a graphics processor where one can be used, else onnx-cpu. */
export type EngineChoice = 'auto' | EngineName;

/** Windows as measured, row-major. */
export interface EncodeInput {
  batch: number;
  /** [batch, signal, hour] normalised, 0 where missing */
  values: Float32Array;
  /** [batch, signal, hour] 1 measured, 0 missing */
  mask: Float32Array;
  /** [batch, signal, hour] hours since last measured */
  hoursSince: Float32Array;
  /** [batch, static] */
  static: Float32Array;
}

/** What is known of windows before any noise is drawn, row-major. */
export interface EncodedWindows {
  /** [batch, hour, channels], for `denoise` */
  context: Float32Array;
  /** [batch, signal, hour] the value to be expected, normalised */
  center: Float32Array;
  /** [batch, signal, hour] how far from it the value may lie, normalised */
  spread: Float32Array;
}

/** Samples of windows on their way from noise to residuals (value − center) / spread, row-major. */
export interface DenoiseInput {
  batch: number;
  /** Samples a window. */
  samples: number;
  /** [batch, sample, signal, hour] */
  noisy: Float32Array;
  /** [batch, signal, hour] */
  mask: Float32Array;
  /** [batch, hour, channels], from `encode` */
  context: Float32Array;
  /** Share of noise, 0 to 1: one number for all, or [batch, sample] */
  step: Float32Array;
}

/** Windows without gaps, row-major. */
export interface AssessInput {
  batch: number;
  /** [batch, signal, hour] normalised */
  values: Float32Array;
  /** [batch, signal, hour] 1 measured, 0 imputed */
  mask: Float32Array;
  /** [batch, signal, hour] hours since last measured */
  hoursSince: Float32Array;
  /** [batch, signal, statistic] of the measured hours, as the networks read them */
  statistics: Float32Array;
  /** [batch, static] */
  static: Float32Array;
}

/** What the risk networks say. */
export interface Assessment {
  /** [batch, member] log-odds of in-hospital death */
  logit: Float32Array;
  /** [batch, member x embedding] */
  embedding: Float32Array;
}

/**
 * The networks of one release, ready to run.
 *
 * Inputs are only read; outputs belong to the caller. Calls may overlap, and are then run one after another. A wrong length is
 * rejected with a RangeError that names the input.
 */
export interface InferenceEngine {
  /** What was chosen, for logs and scores. */
  readonly name: EngineName;
  /** The same in words, with version and threads. */
  readonly description: string;
  readonly hyper: HyperParameters;
  encode(input: EncodeInput): Promise<EncodedWindows>;
  /** @returns velocity [batch, sample, signal, hour] */
  denoise(input: DenoiseInput): Promise<Float32Array>;
  assess(input: AssessInput): Promise<Assessment>;
  /** Frees the weights; no call may follow. */
  close(): Promise<void>;
}
