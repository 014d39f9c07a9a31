import { COHORT_IDS, describeSplit, writeEvaluationFile, type CohortId, type EvaluationFile } from '#datasets';
import { windowAt } from '#training';
import type { Session } from '../session.js';
import { digestOfHidden } from './hidden-digest.js';
import { hideInWindows, type HidingName } from './hidings.js';
import type { ImputationTask } from './impute-cell.js';

/** Writes the file that names the split and the hidden entries, to be committed beside a table; recordings have none. */
export async function writeSplitAndHidden(session: Session, task: ImputationTask): Promise<void> {
  const { data, hidings } = task;
  const dataset = COHORT_IDS.find((id): id is CohortId => id === data.id);
  if (dataset === undefined) return;
  const { labels } = data.store;
  const { digest, train, validation, test } = describeSplit(labels.map(({ patientId }) => patientId));
  const parts = [...new Set(labels.flatMap(({ datasetPart }) => datasetPart ?? []))].sort();
  const contents: EvaluationFile = {
    version: 1,
    dataset,
    ...(parts.length === 0 ? {} : { parts }),
    split: { train, validation, test, digest },
    hidden: hidings.map((name) => ({
      seed: session.options.seed,
      pattern: name,
      ...countHidden(task, name, session.options.seed),
      digest: digestOfHidden(task, [name], session.options.seed),
    })),
  };
  await session.writeFile(`split-and-hidden-${data.id}.json`, (path) => writeEvaluationFile(path, contents));
}

function countHidden(
  { store, measured }: ImputationTask,
  name: HidingName,
  seed: number,
): { count: number; rate: number } {
  let count = 0;
  let observed = 0;
  for (const index of measured) {
    const { mask } = windowAt(store, index);
    observed += mask.reduce((sum, one) => sum + one, 0);
    count += hideInWindows(store, [index], mask, name, seed).reduce((sum, one) => sum + one, 0);
  }
  return { count, rate: observed === 0 ? 0 : count / observed };
}
