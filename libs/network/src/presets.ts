import type { HyperParameters } from './hyper-parameters.js';

/** Sizes without those that follow from the data (signals, hours, static numbers). */
export type NetworkPreset = Omit<HyperParameters, 'signals' | 'hours' | 'staticSize'>;

const RISK = { lstmUnits: 64, embedding: 64, dropout: 0.2 };

/**
 * Named sizes.
 * - `serving`: encoder once a window, one small layer a diffusion step: cheap enough to score on a processor.
 * - `csdi`: the published shape of CSDI (64 channels, 4 layers, 8 heads, all of them a diffusion step).
 * - `tiny`: for tests and dry runs.
 */
export const NETWORK_PRESETS = {
  serving: {
    channels: 32,
    heads: 2,
    encoderLayers: 2,
    denoiserLayers: 1,
    feedForward: 64,
    stepEmbedding: 32,
    risk: RISK,
  },
  csdi: {
    channels: 64,
    heads: 8,
    encoderLayers: 0,
    denoiserLayers: 4,
    feedForward: 64,
    stepEmbedding: 128,
    risk: RISK,
  },
  tiny: {
    channels: 8,
    heads: 2,
    encoderLayers: 1,
    denoiserLayers: 1,
    feedForward: 8,
    stepEmbedding: 8,
    risk: { lstmUnits: 8, embedding: 8, dropout: 0.2 },
  },
} as const satisfies Record<string, NetworkPreset>;

/** Name of a preset. */
export type NetworkPresetName = keyof typeof NETWORK_PRESETS;
