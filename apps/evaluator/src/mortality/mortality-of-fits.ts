import type { Imputer } from '#baselines';
import { RiskScorer } from '#model';
import { engineKey } from '../cells/engine-key.js';
import { chooseMethods } from '../choose-methods.js';
import { collectData, type EvaluationData } from '../data/collect-data.js';
import { BUNDLE_METHOD, BundleImputer } from '../fits/bundle-imputer.js';
import { FitContext } from '../fits/fit-context.js';
import { BEDSIDE_SCORES, READ_NO_IMPUTATION, type Methods } from '../methods.js';
import type { Session } from '../session.js';
import { bedsideScores } from './bedside-scores.js';
import { NO_IMPUTER, type ImputerSource } from './fill-windows.js';
import { fitTask, hoursOfFits, partsOfFits, type FitTask } from './fit-task.js';
import { scoreWithBundle } from './score-with-bundle.js';
import { scoreWithFit, type FittedScores } from './score-with-fit.js';
import { writeFittedTables } from './write-fitted-tables.js';
import { writeMortalityPictures, writeMortalityPredictions } from './write-mortality.js';

/** What is compared: rows, columns, and the bundle that stands among them. */
interface Comparison {
  readonly predictors: readonly string[];
  readonly imputers: readonly ImputerSource[];
  readonly scorer: RiskScorer | undefined;
}

/** Predictors x imputers, fitted here: the published table's rows and columns, by the preset's protocol. */
export async function mortalityOfFits(session: Session): Promise<void> {
  const { options, context } = session;
  const scorer =
    options.mtdm === undefined
      ? undefined
      : await RiskScorer.load(options.mtdm, { engine: 'auto', threads: 1, forEvaluationOnly: true });
  try {
    const comparison = comparisonOf(session, scorer);
    const fits = new FitContext(session);
    const data = await collectData(
      options,
      { parts: () => partsOfFits(options), endHours: hoursOfFits(options), randomEnds: options.randomEnds },
      context,
    );
    const found: { data: EvaluationData; scored: FittedScores[] }[] = [];
    for (const one of data) {
      const scored: FittedScores[] = [];
      const tasks: FitTask[] = [];
      for (const hour of hoursOfFits(options)) {
        const task = fitTask(options, one, hour, scorer?.manifest);
        tasks.push(task);
        const ofHour = await scoresOf(session, fits, task, comparison);
        await writeMortalityPictures(session, { ...one, store: task.store }, hour, bestOfEachPredictor(ofHour));
        scored.push(...ofHour);
      }
      const data = { ...one, store: tasks[0]!.store };
      await writeFittedTables(
        session,
        data,
        tasks,
        scored,
        [...comparison.imputers.map(({ id }) => id)],
        scorer?.manifest,
      );
      found.push({ data, scored });
    }
    await writeMortalityPredictions(session, 'mortality-predictions', found);
    await session.finish(data, {
      engine: [scorer?.engine.name, await fits.engineName()].filter((name) => name !== undefined).join('; fits: '),
      hyperParameters: {
        epochs: options.epochs,
        patience: options.patience,
        randomEnds: options.randomEnds,
        predictors: comparison.predictors,
        imputers: comparison.imputers.map(({ id }) => id),
      },
      ...(scorer === undefined
        ? {}
        : { bundle: { releaseId: scorer.manifest.releaseId, files: scorer.manifest.files } }),
    });
  } finally {
    await scorer?.close();
  }
}

function comparisonOf({ options, context }: Session, scorer: RiskScorer | undefined): Comparison {
  const { methods } = context;
  const known = [...methods.imputers.keys(), ...(scorer === undefined ? [] : [BUNDLE_METHOD])];
  const imputers = chooseMethods('--imputers', options.imputers, known).map((id): ImputerSource =>
    id === BUNDLE_METHOD
      ? {
          id,
          create: (): Imputer => new BundleImputer(scorer!, options.seed),
          decides: {
            files: scorer!.manifest.files,
            sampler: scorer!.manifest.sampler,
            ...engineKey(scorer!.engine.name),
          },
        }
      : {
          id,
          create: methods.imputers.get(id)!,
          decides: methods.networks.has(id)
            ? { imputerEpochs: options.epochs, imputerPatience: options.patience, ...imputerSettings(methods, id) }
            : {},
        },
  );
  return { predictors: chooseMethods('--methods', options.methods, [...methods.predictors.keys()]), imputers, scorer };
}

async function scoresOf(
  session: Session,
  fits: FitContext,
  task: FitTask,
  { predictors, imputers, scorer }: Comparison,
): Promise<FittedScores[]> {
  const { methods } = session.context;
  const withGaps: ImputerSource = { id: NO_IMPUTER, create: unused, decides: {} };
  const data = { ...task.data, store: task.store };
  const alone = { imputer: NO_IMPUTER };
  const bedside = await bedsideScores(methods, { ...task.data, store: task.wide }, task.hour, task.measured);
  const scored: FittedScores[] = bedside
    .filter(({ method }) => predictors.includes(method))
    .map((one) => ({ ...one, ...alone, predictor: one.method }));
  for (const id of predictors) {
    if (BEDSIDE_SCORES.has(id)) continue;
    const sources = READ_NO_IMPUTATION.has(id) ? [withGaps] : imputers;
    for (const imputer of sources)
      scored.push(await scoreWithFit(session, fits, task, imputer, [id, methods.predictors.get(id)!]));
  }
  if (scorer !== undefined) {
    const own = await scoreWithBundle(session, scorer, data, task.hour, task.measured);
    scored.push({ ...own, predictor: own.method, imputer: BUNDLE_METHOD });
  }
  return scored;
}

/** Settings of an imputer under a name of their own: a predictor's stand beside them. */
function imputerSettings({ settingsOf }: Methods, id: string): Record<string, unknown> {
  const settings = settingsOf(id);
  return Object.keys(settings).length === 0 ? {} : { imputerSettings: settings };
}

function unused(): never {
  throw new Error('windows with gaps have no imputer');
}

/** One line a predictor, else a picture has fifty: the first imputer of each. */
function bestOfEachPredictor(scored: readonly FittedScores[]): FittedScores[] {
  return scored.filter((one, at) => scored.findIndex(({ predictor }) => predictor === one.predictor) === at);
}
