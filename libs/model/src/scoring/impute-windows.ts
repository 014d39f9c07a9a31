import type { InferenceEngine } from '#engine';
import { sampleClean } from '../diffusion/sampler.js';
import { keyedNormals } from '../noise/keyed-normals.js';
import { NORMALISED_LIMIT } from '../normalisation/signal-normaliser.js';
import { concatenate } from './concatenate.js';
import type { EncodedWindow } from './encoded-window.js';

/** Steps of the sampler and samples of a window. */
export interface SamplerSettings {
  readonly steps: number;
  readonly samples: number;
  /** Factor of every residual, so that intervals hold as often as they say; fitted on validation windows. @default 1 */
  readonly spreadScale?: number;
}

/** What the imputer reads of a window. */
export type WindowToImpute = Pick<EncodedWindow, 'values' | 'mask' | 'hoursSince' | 'static'>;

/**
 * Draws complete windows: encoded once a window, the residuals of all samples of all windows in one batch; measured entries keep
 * their value.
 *
 * @returns [window][sample] of [signal, hour], normalised
 */
export async function imputeWindows(
  engine: InferenceEngine,
  windows: readonly WindowToImpute[],
  noiseKeys: readonly string[],
  { steps, samples, spreadScale = 1 }: SamplerSettings,
): Promise<Float32Array[][]> {
  const batch = windows.length;
  const mask = concatenate(windows.map((window) => window.mask));
  const { context, center, spread } = await engine.encode({
    batch,
    values: concatenate(windows.map((window) => window.values)),
    mask,
    hoursSince: concatenate(windows.map((window) => window.hoursSince)),
    static: concatenate(windows.map((window) => window.static)),
  });
  const size = mask.length / batch;
  const noise = concatenate(noiseKeys.map((key) => keyedNormals(key, samples * size)));
  const residuals = await sampleClean(noise, steps, (noisy, step) =>
    engine.denoise({ batch, samples, noisy, mask, context, step: Float32Array.of(step) }),
  );
  return windows.map((window, row) => {
    const from = row * size;
    return Array.from({ length: samples }, (_, sample) => {
      const first = (row * samples + sample) * size;
      return window.values.map((value, entry) => {
        if (window.mask[entry] === 1) return value;
        const drawn = center[from + entry]! + spreadScale * spread[from + entry]! * residuals[first + entry]!;
        return Math.max(-NORMALISED_LIMIT, Math.min(NORMALISED_LIMIT, drawn));
      });
    });
  });
}
