import type { HyperParameters } from './hyper-parameters.js';

/** Sizes without those that follow from the data (signals, hours, static numbers, statistics). */
export type NetworkPreset = Pick<HyperParameters, 'imputer' | 'denoiser' | 'risk'>;

/**
 * Named sizes.
 * - `serving`: what is trained and served by default, cheap enough to score on a processor.
 * - `tiny`: for tests and dry runs.
 */
export const NETWORK_PRESETS = {
  serving: {
    imputer: { channels: 128, heads: 4, feedForward: 256, hourLayers: 2, signalLayers: 2, refineLayers: 1 },
    denoiser: { channels: 64, heads: 2, feedForward: 128, layers: 2, stepEmbedding: 32 },
    risk: { members: 1, lstmUnits: 64, statisticUnits: 128, embedding: 64, dropout: 0.2 },
  },
  tiny: {
    imputer: { channels: 8, heads: 2, feedForward: 8, hourLayers: 1, signalLayers: 1, refineLayers: 1 },
    denoiser: { channels: 8, heads: 2, feedForward: 8, layers: 1, stepEmbedding: 8 },
    risk: { members: 1, lstmUnits: 8, statisticUnits: 8, embedding: 8, dropout: 0.2 },
  },
} as const satisfies Record<string, NetworkPreset>;

/** Name of a preset. */
export type NetworkPresetName = keyof typeof NETWORK_PRESETS;
