import { SIGNAL_SETS } from '#clinical';
import { STATIC_FEATURES, STATISTIC_FEATURES } from '#model';
import { NETWORK_PRESETS, type HyperParameters } from '#network';
import { WINDOW_HOURS } from '#windows';
import type { TrainOptions } from '../command-line.js';

/** All sizes of the networks that a command asks for. */
export function hyperParametersFor({
  signals,
  sizes,
  members,
  dropout,
}: Pick<TrainOptions, 'signals' | 'sizes' | 'members' | 'dropout'>): HyperParameters {
  const preset = NETWORK_PRESETS[sizes];
  return {
    ...preset,
    risk: { ...preset.risk, members, dropout },
    signals: SIGNAL_SETS[signals].length,
    hours: WINDOW_HOURS,
    staticSize: STATIC_FEATURES.length,
    statistics: STATISTIC_FEATURES.length,
  };
}
