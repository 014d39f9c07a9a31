import { chooseMethods } from '../choose-methods.js';
import type { EvaluationData } from '../data/collect-data.js';
import { FitContext } from '../fits/fit-context.js';
import type { ImputedCell } from '../imputation/impute-cell.js';
import { imputeDataset } from '../imputation/impute-dataset.js';
import { BEDSIDE_SCORES } from '../methods.js';
import { bedsideScores } from '../mortality/bedside-scores.js';
import { NO_IMPUTER } from '../mortality/fill-windows.js';
import type { FitTask } from '../mortality/fit-task.js';
import { measureCell } from '../mortality/measure-cells.js';
import type { MortalityRow } from '../mortality/mortality-row.js';
import type { ScoredHour } from '../mortality/scored-windows.js';
import { scoreWithFit } from '../mortality/score-with-fit.js';
import { UsageError } from '../run-context.js';
import type { Session } from '../session.js';
import { csdiCost } from './csdi-cost.js';
import { imputationOfFold, mortalityOfFold } from './fold-tasks.js';
import { FOLDS } from './folds.js';
import { readPublishedData } from './read-published-data.js';
import { writePublished } from './write-published.js';

/** A method's figures of death in hospital in one fold. */
export interface ScoredFold {
  /** From 0. */
  readonly fold: number;
  readonly method: string;
  readonly row: MortalityRow;
  readonly isProbability: boolean;
  readonly chosen?: Readonly<Record<string, number>>;
}

/** Our methods held against other people's figures, by their protocol: 35 series x 48 hours of set-a of Challenge 2012. */
export async function published48h(session: Session): Promise<void> {
  const { options, context } = session;
  if (options.folds > FOLDS) throw new UsageError(`--folds ${options.folds}: the protocol has ${FOLDS}`);
  const imputers = namesOf('--imputers', options.imputers, context.methods.imputers.keys());
  const predictors = namesOf('--methods', options.methods, context.methods.predictors.keys());
  const data = await readPublishedData(options);
  if (predictors.length > 0) requireOutcomes(data);
  context.print(`${data.store.labels.length} records of set-a with any of the 35 series`);
  const fits = new FitContext(session);
  const imputed: ImputedCell[][] = [];
  const scored: ScoredFold[] = [];
  for (let fold = 0; fold < options.folds; fold++) {
    const task = imputationOfFold(data, fold, options.seed, imputers);
    imputed.push(await imputeDataset(session, fits, task, (id) => context.methods.imputers.get(id)!()));
    scored.push(...(await scoreFold(session, fits, mortalityOfFold(data, fold, options.seed), fold, predictors)));
  }
  const first = imputationOfFold(data, 0, options.seed, imputers);
  const cost = imputers.length === 0 ? undefined : await csdiCost(session, fits, first);
  await writePublished(session, data, first, { imputers, imputed, predictors, scored, cost });
  await session.finish([data], {
    engine: await fits.engineName(),
    hyperParameters: {
      ...{ epochs: options.epochs, patience: options.patience, imputers, predictors, folds: options.folds },
      methods: Object.fromEntries([...imputers, ...predictors].map((id) => [id, context.methods.settingsOf(id)])),
    },
  });
}

function requireOutcomes({ store: { labels } }: EvaluationData): void {
  const unknown = labels.filter(({ outcomeUnknown }) => outcomeUnknown === true).length;
  if (unknown > 0)
    throw new UsageError(
      `${unknown} of ${labels.length} records have no outcome: put Outcomes-a.txt beside set-a, or measure imputers alone with --methods ${NO_IMPUTER}`,
    );
}

function namesOf(flag: string, wanted: readonly string[], known: Iterable<string>): string[] {
  return chooseMethods(flag, wanted, [...known, NO_IMPUTER]).filter((id) => id !== NO_IMPUTER);
}

async function scoreFold(
  session: Session,
  fits: FitContext,
  task: FitTask,
  fold: number,
  predictors: readonly string[],
): Promise<ScoredFold[]> {
  const { methods } = session.context;
  const wanted = new Map([...methods.predictors].filter(([id]) => predictors.includes(id)));
  const bedside = await bedsideScores(
    { ...methods, predictors: wanted },
    task.data,
    task.hour,
    task.measured,
    task.scales,
  );
  const withGaps = { id: NO_IMPUTER, create: unused, decides: {} };
  const found: ScoredFold[] = [];
  for (const id of predictors) {
    const scores: (ScoredHour & Pick<ScoredFold, 'chosen'>) | undefined = BEDSIDE_SCORES.has(id)
      ? bedside.find(({ method }) => method === id)
      : await scoreWithFit(session, fits, task, withGaps, [id, methods.predictors.get(id)!]);
    if (scores === undefined) continue;
    const row = await measureCell(session, task.data, scores, `${task.hour} h`);
    const { isProbability, chosen } = scores;
    found.push({ fold, method: id, row, isProbability, ...(chosen === undefined ? {} : { chosen }) });
  }
  return found;
}

function unused(): never {
  throw new Error('windows with gaps have no imputer');
}
