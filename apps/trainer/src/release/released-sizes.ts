import { SIGNAL_SETS, type SignalSetName } from '#clinical';
import { STATIC_FEATURES, STATISTIC_FEATURES } from '#model';
import { NETWORK_PRESETS, type HyperParameters, type NetworkPresetName } from '#network';
import { WINDOW_HOURS } from '#windows';

/** All sizes of the networks for a set of signals. */
export function hyperParametersFor(signals: SignalSetName, sizes: NetworkPresetName): HyperParameters {
  return {
    ...NETWORK_PRESETS[sizes],
    signals: SIGNAL_SETS[signals].length,
    hours: WINDOW_HOURS,
    staticSize: STATIC_FEATURES.length,
    statistics: STATISTIC_FEATURES.length,
  };
}
