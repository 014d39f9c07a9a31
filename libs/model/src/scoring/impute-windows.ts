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

/** A window without gaps, several times; measured entries hold their value everywhere. */
export interface ImputedSamples {
  /** [signal, hour] the median of each entry as the imputer expects it; closer than the median of a few draws. */
  readonly center: Float32Array;
  /** [sample] of [signal, hour] */
  readonly samples: readonly Float32Array[];
}

/**
 * Draws complete windows: encoded once a window, the residuals of all samples of all windows in one batch; measured entries keep
 * their value.
 *
 * @returns [window], normalised
 */
export async function imputeWindows(
  engine: InferenceEngine,
  windows: readonly WindowToImpute[],
  noiseKeys: readonly string[],
  { steps, samples, spreadScale = 1 }: SamplerSettings,
): Promise<ImputedSamples[]> {
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
    // Measured entries keep their value in every sample, so a sample starts as a copy and only its gaps are filled.
    const gaps = gapsOf(window.mask);
    const complete = Float32Array.from(window.values);
    for (const entry of gaps) complete[entry] = withinLimit(center[from + entry]!);
    return {
      center: complete,
      samples: Array.from({ length: samples }, (_, sample) => {
        const first = (row * samples + sample) * size;
        const drawn = Float32Array.from(window.values);
        for (let gap = 0; gap < gaps.length; gap++) {
          const entry = gaps[gap]!;
          drawn[entry] = withinLimit(
            center[from + entry]! + spreadScale * spread[from + entry]! * residuals[first + entry]!,
          );
        }
        return drawn;
      }),
    };
  });
}

/** Entries that were not measured. */
function gapsOf(mask: Float32Array): Uint32Array {
  const gaps = new Uint32Array(mask.length);
  let count = 0;
  for (let entry = 0; entry < mask.length; entry++) if (mask[entry] !== 1) gaps[count++] = entry;
  return gaps.subarray(0, count);
}

function withinLimit(value: number): number {
  return Math.max(-NORMALISED_LIMIT, Math.min(NORMALISED_LIMIT, value));
}
