import { SIGNAL_SETS, type SignalSetName } from '#clinical';
import { STATIC_FEATURES } from '#model';
import type { HyperParameters } from '#network';
import { WINDOW_HOURS } from '#windows';

/** Sizes that a training may choose; the others follow from the data or are as published. */
export interface ChosenSizes {
  readonly channels: number;
  readonly heads: number;
  readonly encoderLayers: number;
  readonly denoiserLayers: number;
  readonly feedForward: number;
}

/** Sizes that train within an hour on two processor cores. One head: attention matrices are most of a step's cost. */
export const DEFAULT_SIZES: ChosenSizes = {
  channels: 16,
  heads: 1,
  encoderLayers: 1,
  denoiserLayers: 1,
  feedForward: 32,
};

/** All sizes of the networks for a set of signals. */
export function hyperParametersFor(signals: SignalSetName, sizes: ChosenSizes): HyperParameters {
  const { channels, heads, encoderLayers, denoiserLayers, feedForward } = sizes;
  return {
    channels,
    heads,
    encoderLayers,
    denoiserLayers,
    feedForward,
    signals: SIGNAL_SETS[signals].length,
    hours: WINDOW_HOURS,
    staticSize: STATIC_FEATURES.length,
    stepEmbedding: 32,
    risk: { lstmUnits: 64, embedding: 64, dropout: 0.2 },
  };
}
