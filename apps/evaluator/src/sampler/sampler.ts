import { RiskScorer } from '#model';
import { collectData } from '../data/collect-data.js';
import { partsToRead } from '../data/choose-windows.js';
import { BUNDLE_METHOD, BundleImputer } from '../fits/bundle-imputer.js';
import { engineKey } from '../cells/engine-key.js';
import { digestOfHidden } from '../imputation/hidden-digest.js';
import { imputeCell, type ImputationTask, type ImputedCell } from '../imputation/impute-cell.js';
import { imputationTask } from '../imputation/imputation-task.js';
import { writeSplitAndHidden } from '../imputation/split-and-hidden.js';
import { writeHiddenEntries } from '../imputation/write-hidden-entries.js';
import { UsageError } from '../run-context.js';
import type { Session } from '../session.js';
import { samplerName, type SamplerChoice } from './sampler-choice.js';
import { writeSampler } from './write-sampler.js';

/** Steps and samples of a bundle's sampler, each on the same hidden entries and from the same noise; the served one is always among them. */
export async function sampler(session: Session): Promise<void> {
  const { options, context } = session;
  if (options.bundle === undefined) throw new UsageError('sampler: name the bundle with --bundle DIR');
  const scorer = await RiskScorer.load(options.bundle, { engine: 'auto', threads: 1, forEvaluationOnly: true });
  try {
    const { manifest } = scorer;
    context.print(`${manifest.releaseId} on ${scorer.engine.name}`);
    const data = await collectData(
      options,
      {
        parts: (id, datasetParts) => partsToRead(options.split, id, datasetParts, manifest.training),
        endHours: [24],
        randomEnds: 0,
        withoutOutcome: true,
      },
      context,
    );
    const choices = withServed(options.samplers, manifest.sampler);
    const hiddenEntries: Record<string, string> = {};
    for (const one of data) {
      const task = imputationTask(session, one, [BUNDLE_METHOD], manifest, scorer.engine.name);
      for (const name of options.hidden)
        hiddenEntries[`${one.id}, ${name}`] = digestOfHidden(task, [name], options.seed);
      const cells = await sampleDataset(session, scorer, task, choices);
      await writeSampler(session, task, { manifest, engine: scorer.engine.name, choices, cells });
      await writeHiddenEntries(session, task, cells, 'sampler');
      await writeSplitAndHidden(session, task);
    }
    const { releaseId, stage, files } = manifest;
    await session.finish(data, {
      engine: scorer.engine.name,
      hyperParameters: { served: manifest.sampler, samplers: choices.map(samplerName), split: options.split },
      hiddenEntries,
      bundle: { releaseId, stage, files },
    });
  } finally {
    await scorer.close();
  }
}

function withServed(choices: readonly SamplerChoice[], { steps, samples }: SamplerChoice): readonly SamplerChoice[] {
  const served = { steps, samples };
  return choices.some((choice) => samplerName(choice) === samplerName(served)) ? choices : [...choices, served];
}

async function sampleDataset(
  session: Session,
  scorer: RiskScorer,
  task: ImputationTask,
  choices: readonly SamplerChoice[],
): Promise<ImputedCell[]> {
  const { files, sampler: served } = scorer.manifest;
  const cells: ImputedCell[] = [];
  for (const hiding of task.hidings)
    for (const choice of choices) {
      const setting = { ...served, ...choice };
      const method = {
        method: samplerName(choice),
        decides: { method: BUNDLE_METHOD, files, sampler: setting, ...engineKey(scorer.engine.name) },
        ready: async () => new BundleImputer(scorer, session.options.seed, setting),
      };
      cells.push(await imputeCell(session, task, method, hiding));
    }
  return cells;
}
