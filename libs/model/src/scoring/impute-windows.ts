import type { InferenceEngine } from '#engine';
import { sampleClean } from '../diffusion/sampler.js';
import { keyedNormals } from '../noise/keyed-normals.js';
import { concatenate } from './concatenate.js';
import type { EncodedWindow } from './encoded-window.js';

/** Steps of the sampler and samples of a window. */
export interface SamplerSettings {
  readonly steps: number;
  readonly samples: number;
}

/**
 * Draws complete windows: encoded once a window, all samples of all windows in one batch; measured entries keep their value.
 *
 * @returns [window][sample] of [signal, hour], normalised
 */
export async function imputeWindows(
  engine: InferenceEngine,
  windows: readonly Pick<EncodedWindow, 'values' | 'mask' | 'static'>[],
  noiseKeys: readonly string[],
  { steps, samples }: SamplerSettings,
): Promise<Float32Array[][]> {
  const batch = windows.length;
  const mask = concatenate(windows.map((window) => window.mask));
  const context = await engine.encode({
    batch,
    values: concatenate(windows.map((window) => window.values)),
    mask,
    static: concatenate(windows.map((window) => window.static)),
  });
  const size = mask.length / batch;
  const noise = concatenate(noiseKeys.map((key) => keyedNormals(key, samples * size)));
  const clean = await sampleClean(noise, steps, (noisy, step) =>
    engine.denoise({ batch, samples, noisy, mask, context, step: Float32Array.of(step) }),
  );
  return windows.map((window, row) =>
    Array.from({ length: samples }, (_, sample) => {
      const first = (row * samples + sample) * size;
      return window.values.map((value, entry) => (window.mask[entry] === 1 ? value : clean[first + entry]!));
    }),
  );
}
