import { seededRandom } from '#evaluation';
import { fitStatisticBins } from '#model';
import { initialWeights, isTrained, statisticBinNames, type HyperParameters, type NetworkWeights } from '#network';
import type { LabelledWindows } from '#training';

/** How far a bench's weights may lie from where a training starts. */
const MOVED = 0.1;

/**
 * Weights as a training starts with them, the bins of statistics cut on the windows given, but each trained number moved a little: some arrays
 * start at zero and silence what lies before them, and a silent part would not show that two programs compute the same.
 */
export function benchWeights(hyper: HyperParameters, { windows }: LabelledWindows): NetworkWeights {
  const random = seededRandom(5);
  const moved = Object.entries(initialWeights(hyper, random)).map(([name, { shape, values }]) => {
    const change = isTrained(name) ? MOVED : 0;
    return [name, { shape, values: values.map((value) => value + change * (2 * random() - 1)) }] as const;
  });
  return { ...Object.fromEntries(moved), ...binsOf(hyper, windows) };
}

function binsOf(hyper: HyperParameters, windows: LabelledWindows['windows']): NetworkWeights {
  const { signals, hours, statistics, risk } = hyper;
  const { scale, offset } = fitStatisticBins(windows.length, (at) => windows[at]!, hours, risk.statisticBins);
  const names = statisticBinNames(0);
  const shape = [signals * statistics, risk.statisticBins];
  return { [names.scale]: { shape, values: scale }, [names.offset]: { shape, values: offset } };
}
