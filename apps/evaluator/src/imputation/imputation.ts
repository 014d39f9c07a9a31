import type { Imputer } from '#baselines';
import { SPLIT_PARTS } from '#datasets';
import { RiskScorer } from '#model';
import { collectData } from '../data/collect-data.js';
import { partsToRead } from '../data/choose-windows.js';
import { FitContext } from '../fits/fit-context.js';
import { BUNDLE_METHOD, BundleImputer } from '../fits/bundle-imputer.js';
import { checkSplitOfFits } from '../check-options.js';
import { chooseMethods } from '../choose-methods.js';
import type { Session } from '../session.js';
import { digestOfHidden } from './hidden-digest.js';
import type { ImputationTask } from './impute-cell.js';
import { imputeDataset } from './impute-dataset.js';
import { imputationTask } from './imputation-task.js';
import { writeSplitAndHidden } from './split-and-hidden.js';
import { writeHiddenEntries } from './write-hidden-entries.js';
import { writeImputation } from './write-imputation.js';

/** Errors of every method asked for on every way of hiding asked for, on the same entries. */
export async function imputation(session: Session): Promise<void> {
  const { options, context } = session;
  const known = [...context.methods.imputers.keys(), ...(options.bundle === undefined ? [] : [BUNDLE_METHOD])];
  const methods = chooseMethods('--methods', options.methods, known);
  const isFitted = methods.some((method) => method !== BUNDLE_METHOD);
  if (isFitted) checkSplitOfFits(options);
  const scorer =
    options.bundle === undefined
      ? undefined
      : await RiskScorer.load(options.bundle, { engine: 'auto', threads: 1, forEvaluationOnly: true });
  try {
    const fits = new FitContext(session);
    const create = (id: string): Imputer =>
      id === BUNDLE_METHOD ? new BundleImputer(scorer!, options.seed) : context.methods.imputers.get(id)!();
    const random = options.windows === 'random';
    const data = await collectData(
      options,
      {
        parts: (id, datasetParts) => {
          if (options.preset === 'paper' || (isFitted && options.split === 'validation'))
            return ['train', 'validation'];
          return isFitted ? SPLIT_PARTS : partsToRead(options.split, id, datasetParts, scorer?.manifest.training);
        },
        endHours: random ? [] : [24],
        randomEnds: random ? 1 : 0,
        withoutOutcome: true,
      },
      context,
    );
    const tasks: ImputationTask[] = data.map((one) =>
      imputationTask(session, one, methods, scorer?.manifest, scorer?.engine.name),
    );
    const hiddenDigests: Record<string, string> = {};
    for (const task of tasks) {
      for (const name of options.hidden)
        hiddenDigests[`${task.data.id}, ${name}`] = digestOfHidden(task, [name], options.seed);
      const found = await imputeDataset(session, fits, task, create);
      await writeImputation(session, task, found, digestOfHidden(task, options.hidden, options.seed));
      await writeHiddenEntries(session, task, found);
      await writeSplitAndHidden(session, task);
    }
    await session.finish(data, {
      engine: [scorer?.engine.name, await fits.engineName()].filter((name) => name !== undefined).join('; fits: '),
      hyperParameters: { epochs: options.epochs, patience: options.patience, methods, windows: options.windows },
      hiddenEntries: hiddenDigests,
      ...(scorer === undefined
        ? {}
        : { bundle: { releaseId: scorer.manifest.releaseId, sampler: scorer.manifest.sampler } }),
    });
  } finally {
    await scorer?.close();
  }
}
