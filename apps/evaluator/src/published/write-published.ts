import { chosenText } from '../fits/chosen-text.js';
import type { EvaluationData } from '../data/collect-data.js';
import { samplesNote } from '../fits/samples-note.js';
import { budgetNote } from '../fits/budget-note.js';
import type { ImputationTask, ImputedCell } from '../imputation/impute-cell.js';
import { MORTALITY_COLUMNS, MORTALITY_LEGEND, mortalityEntries } from '../mortality/mortality-columns.js';
import type { Session } from '../session.js';
import type { Entry } from '#reporting';
import { CSDI_RECIPE, hoursOfFold, type CsdiCost } from './csdi-cost.js';
import type { ScoredFold } from './published-48h.js';
import { PUBLISHED_IMPUTERS, PUBLISHED_PREDICTORS } from './published-figures.js';

/** What the folds gave. */
export interface PublishedFindings {
  readonly imputers: readonly string[];
  /** [fold][method] */
  readonly imputed: readonly (readonly ImputedCell[])[];
  readonly predictors: readonly string[];
  readonly scored: readonly ScoredFold[];
  /** Absent where no imputer was asked for. */
  readonly cost: CsdiCost | undefined;
}

const MEAN = 'mean of folds';

/** Writes the tables of the published protocol, the published figures beside ours. */
export async function writePublished(
  session: Session,
  data: EvaluationData,
  task: ImputationTask,
  findings: PublishedFindings,
): Promise<void> {
  const provenance = session.provenance(data);
  if (findings.imputers.length > 0)
    await session.writeTable({
      id: 'published-48h-imputation',
      title: 'Imputation by CSDI’s protocol: Challenge 2012 set-a, 35 series x 48 h, 10 % hidden',
      columns: [
        { name: 'fold' },
        { name: 'method' },
        ...['RMSE', 'MAE', 'CRPS'].map((name) => ({ name })),
        ...['within 50 %', 'within 90 %'].map((name) => ({ name, digits: 1 })),
        { name: 'ms a window', digits: 1 },
        { name: 'chosen' },
        ...['published RMSE', 'published MAE', 'published CRPS', 'TSI-Bench MAE'].map((name) => ({ name })),
      ],
      rows: imputationRows(findings),
      notes: [
        ...imputationNotes(task, findings),
        ...samplesNote(findings.imputers, session.options),
        budgetNote(session),
      ],
      provenance,
    });
  if (findings.predictors.length === 0) return;
  await session.writeTable({
    id: 'published-48h-mortality',
    title: 'Death in hospital on the published windows: Challenge 2012 set-a, 35 series x 48 h',
    columns: [
      { name: 'fold' },
      { name: 'method' },
      ...MORTALITY_COLUMNS,
      { name: 'chosen' },
      { name: 'published as' },
      { name: 'published AUROC' },
      { name: 'published AUPRC' },
    ],
    rows: mortalityRows(findings),
    notes: [MORTALITY_LEGEND, mortalityNote(task), budgetNote(session)],
    provenance,
  });
}

function imputationRows({ imputers, imputed }: PublishedFindings): Entry[][] {
  const computed = imputers.flatMap((method): Entry[][] => {
    const cells = imputed.flatMap((fold) => fold.find((cell) => cell.method === method) ?? []);
    const rows = cells.map(({ figures }, fold): Entry[] => [
      String(fold + 1),
      method,
      ...[figures.rmse, figures.mae, figures.crps, percent(figures.coverage50), percent(figures.coverage90)],
      figures.msPerWindow,
      chosenText(figures.chosen),
      ...publishedImputer(method),
    ]);
    return rows.length < 2 ? rows : [...rows, meanRow(rows, method)];
  });
  const others = Object.keys(PUBLISHED_IMPUTERS)
    .filter((method) => !imputers.includes(method))
    .map((method): Entry[] => [
      'not run',
      method,
      ...Array<Entry>(6).fill(undefined),
      chosenText(undefined),
      ...publishedImputer(method),
    ]);
  return [...computed, ...others];
}

/** Means of the numbers; what is no number is the last row's. */
function meanRow(rows: readonly Entry[][], method: string): Entry[] {
  const last = rows.at(-1)!;
  const means = last.map((entry, at): Entry => {
    if (typeof entry !== 'number') return typeof entry === 'object' ? mean(rows.map((row) => valueOf(row[at]))) : entry;
    return mean(rows.map((row) => valueOf(row[at])));
  });
  return [MEAN, method, ...means.slice(2)];
}

function valueOf(entry: Entry): number {
  return typeof entry === 'object' ? entry.value : Number(entry);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function publishedImputer(method: string): Entry[] {
  const { csdiProtocol, tsiBenchMae } = PUBLISHED_IMPUTERS[method] ?? {};
  return [csdiProtocol?.rmse, csdiProtocol?.mae, csdiProtocol?.crps, tsiBenchMae];
}

function mortalityRows({ predictors, scored }: PublishedFindings): Entry[][] {
  const computed = predictors.flatMap((method): Entry[][] => {
    const rows = scored
      .filter((one) => one.method === method)
      .map((one): Entry[] => [
        String(one.fold + 1),
        method,
        ...mortalityEntries(one.row, one.isProbability),
        chosenText(one.chosen),
        ...publishedPredictor(method),
      ]);
    return rows.length < 2 ? rows : [...rows, meanRow(rows, method)];
  });
  const others = Object.keys(PUBLISHED_PREDICTORS)
    .filter((method) => !predictors.includes(method))
    .map((method): Entry[] => [
      'not run',
      method,
      ...MORTALITY_COLUMNS.map(() => undefined),
      chosenText(undefined),
      ...publishedPredictor(method),
    ]);
  return [...computed, ...others];
}

function publishedPredictor(method: string): Entry[] {
  const found = PUBLISHED_PREDICTORS[method];
  return [found?.name ?? '–', found?.auroc, found?.auprc];
}

function imputationNotes({ training, validation, measured }: ImputationTask, { cost }: PublishedFindings): string[] {
  return [
    `Fold 1: ${training.length} records to learn from, ${validation.length} to stop by, ${measured.length} measured, drawn by our seed, not by NumPy's. The last value of each hour, standardised by mean and standard deviation of each series over all records, nothing cut off and impossible values left in, as in the published code; each measured entry is hidden with a chance of 10 %, and no method sees age, sex or another descriptor. CRPS over 19 quantiles; of a method without samples it is its normalised absolute error.`,
    'Published RMSE, MAE and CRPS: CSDI with 100 samples, five folds (Tashiro et al., NeurIPS 2021); with few samples .552, .25 and .28. TSI-Bench standardises and splits otherwise.',
    ...(cost === undefined ? [] : [costNote(cost, training.length, measured.length)]),
  ];
}

function costNote(cost: CsdiCost, training: number, measured: number): string {
  const { epochs, samples, steps } = CSDI_RECIPE;
  return (
    `CSDI at its own size (64 channels, 4 layers, 8 heads, 1,680 tokens) was timed here, not fitted: ${cost.trainingMsPerWindow.toFixed(0)} ms a window of a training step and ${cost.passMs.toFixed(0)} ms a pass over a window. ` +
    `One fold by its own recipe, ${epochs} epochs, ${samples} samples and ${steps} steps, would take ${hoursOfFold(cost, training, measured).toFixed(0)} hours on this machine.`
  );
}

function mortalityNote({ training, validation, measured }: ImputationTask): string {
  return (
    `Fold 1: ${training.length} records to learn from, ${validation.length} to stop by, ${measured.length} measured. The same windows, scaled by the fold's training records and cut off at six standard deviations; age, sex, height, weight and unit are known. Outcomes of records are those of set-a. ` +
    'Published figures: five folds, each group with its own split; DuETT, mTAN and GRU-D as DuETT reports them. Our tree ensemble is no XGBoost: gradient boosting of our own on window statistics, mean of five fits.'
  );
}

function percent(share: number | undefined): Entry {
  return share === undefined ? undefined : 100 * share;
}
