import { collectData } from '../data/collect-data.js';
import { fitTask, partsOfFits, type FitTask } from '../mortality/fit-task.js';
import type { Session } from '../session.js';

/** Hour at which windows of the ablation and of the embedding end: the published recipe's. */
const HOUR = 24;

/** One task a data set: first days, split as the preset says. */
export async function ourTasks({ options, context }: Session): Promise<FitTask[]> {
  const data = await collectData(
    options,
    { parts: () => partsOfFits(options), endHours: [HOUR], randomEnds: options.randomEnds },
    context,
  );
  return data.map((one) => fitTask({ ...options, hours: [HOUR] }, one, HOUR, undefined));
}
