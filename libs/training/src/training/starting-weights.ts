import { fitStatisticBins } from '#model';
import { initialWeights, statisticBinNames, type NetworkWeights } from '#network';
import { randomOf } from '../batches/epoch-plan.js';
import type { TrainingTask } from './training-task.js';

/** New weights, but for those that the training starts from. The bins of statistics, where new, are cut on the training windows. */
export function startingWeights(task: TrainingTask): NetworkWeights {
  const { settings, startFrom = {} } = task;
  const fresh = initialWeights(settings.hyper, randomOf(`${settings.seed}|weights`));
  return Object.fromEntries(
    Object.entries({ ...fresh, ...statisticBins(task) }).map(([name, array]) => [name, startFrom[name] ?? array]),
  );
}

/** The same bins for every risk network. */
function statisticBins({ encoder, settings }: TrainingTask): NetworkWeights {
  const { signals, hours, statistics, risk } = settings.hyper;
  if (risk.statisticBins === 0) return {};
  const { labels } = encoder.store;
  const known = [...labels.keys()].filter((index) => labels[index]!.part === 'train');
  const { scale, offset } = fitStatisticBins(
    known.length,
    (at) => encoder.encode(known[at]!),
    hours,
    risk.statisticBins,
  );
  const shape = [signals * statistics, risk.statisticBins];
  return Object.fromEntries(
    Array.from({ length: risk.members }, (_, member) => statisticBinNames(member)).flatMap((names) => [
      [names.scale, { shape, values: scale }],
      [names.offset, { shape, values: offset }],
    ]),
  );
}
