import type { SignalId } from '#clinical';
import { signalDefinition } from '#clinical';
import { lineChart, type Column, type Entry, type Table } from '#reporting';
import { measuredWindows } from '../data/measured-windows.js';
import { bundleNotes } from '../data/seen-notes.js';
import { budgetNote, chosenNote } from '../fits/budget-note.js';
import { samplesNote } from '../fits/samples-note.js';
import { BUNDLE_METHOD } from '../fits/bundle-imputer.js';
import type { EvaluateOptions } from '../command-line.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';
import { hiddenShare, hidingTitle } from './hidings.js';
import { imputationCharts } from './imputation-charts.js';
import { figuresOf, type ImputationTask, type ImputedCell } from './impute-cell.js';
import { PUBLISHED_IMPUTATION, PUBLISHED_SHARES } from './published-imputation.js';

type TableBody = Pick<Table, 'id' | 'title' | 'columns' | 'rows'>;

/** Writes the tables and pictures of one data set. */
export async function writeImputation(
  session: Session,
  task: ImputationTask,
  cells: readonly ImputedCell[],
  hiddenDigest: string,
): Promise<void> {
  const notes = notesOf(session, task, cells);
  const provenance = session.provenance(task.data, hiddenDigest);
  for (const body of [sharesTable(task, cells, session.options), figuresTable(task, cells), signalsTable(task, cells)])
    if (body.rows.length > 0) await session.writeTable({ ...body, notes, provenance });
  for (const [id, chart] of imputationCharts(task, cells))
    if (chart.series.length > 0) await session.writePicture(id, await lineChart(chart));
}

/** RMSE and MAE at each share of random points: the published table's form. */
function sharesTable(
  { data, methods, hidings }: ImputationTask,
  cells: readonly ImputedCell[],
  { preset }: Pick<EvaluateOptions, 'preset'>,
): TableBody {
  const isPaper = preset === 'paper';
  const shares = hidings.filter((name) => hiddenShare(name) !== undefined);
  const columns = shares.flatMap((name): Column[] => [{ name: `RMSE ${name} %` }, { name: `MAE ${name} %` }]);
  return {
    id: `imputation-shares-${data.id}`,
    title: `Imputation: error by share of points hidden, ${data.id}`,
    columns: [{ name: 'method' }, ...columns, ...(isPaper ? [{ name: 'published' }] : [])],
    rows:
      shares.length === 0
        ? []
        : methods.map((method) => [
            method,
            ...shares.flatMap((name): Entry[] => {
              const figures = figuresOf(cells, method, name);
              return [figures?.rmse, figures?.mae];
            }),
            ...(isPaper ? [PUBLISHED_SHARES[method] ?? '–'] : []),
          ]),
  };
}

/** All figures, one row a method and way of hiding. */
function figuresTable({ data, methods, hidings }: ImputationTask, cells: readonly ImputedCell[]): TableBody {
  return {
    id: `imputation-${data.id}`,
    title: `Imputation: every way of hiding, ${data.id}`,
    columns: [
      { name: 'hidden' },
      { name: 'method' },
      { name: 'entries', digits: 0 },
      { name: 'RMSE' },
      { name: 'MAE' },
      { name: 'CRPS' },
      { name: 'within 50 %', digits: 1 },
      { name: 'within 90 %', digits: 1 },
      { name: 'ms a window', digits: 2 },
    ],
    rows: hidings.flatMap((name) =>
      methods.flatMap((method): Entry[][] => {
        const found = figuresOf(cells, method, name);
        if (found === undefined) return [];
        const { entries, rmse, mae, crps, coverage50, coverage90, msPerWindow } = found;
        const percent = (share: number | undefined): Entry => (share === undefined ? undefined : 100 * share);
        return [
          [hidingTitle(name), method, entries, rmse, mae, crps, percent(coverage50), percent(coverage90), msPerWindow],
        ];
      }),
    ),
  };
}

/** MAE by signal in stored units, a column a method, at the first way of hiding. */
function signalsTable({ data, methods, hidings, store }: ImputationTask, cells: readonly ImputedCell[]): TableBody {
  const hiding = hidings[0]!;
  const rows = store.signals.flatMap((signal): Entry[][] => {
    const errors = methods.map((method) =>
      figuresOf(cells, method, hiding)?.bySignal.find((one) => one.signal === signal),
    );
    const entries = errors.find((error) => error !== undefined)?.entries;
    if (entries === undefined) return [];
    const { unit } = signalDefinition(signal as SignalId);
    return [[signal, unit, entries, ...errors.map((error) => error?.mae)]];
  });
  return {
    id: `imputation-signals-${data.id}`,
    title: `Imputation: mean absolute error by signal in its unit, ${hidingTitle(hiding)}, ${data.id}`,
    columns: [
      { name: 'signal' },
      { name: 'unit' },
      { name: 'entries', digits: 0 },
      ...methods.map((name) => ({ name, digits: 2 })),
    ],
    rows,
  };
}

function notesOf(session: Session, task: ImputationTask, cells: readonly ImputedCell[]): string[] {
  const { options } = session;
  const { data, store, training, validation, measured, bundle } = task;
  const stays = new Set(measured.map((index) => store.labels[index]!.stayId)).size;
  const isFitted = task.methods.some((id) => session.context.methods.networks.has(id));
  const ends =
    options.windows === 'random'
      ? 'Windows end at a random hour of each stay and hold what was available by then.'
      : 'Windows end at 24 hours and hold what was available by then.';
  return [
    `${ends} Measured on ${measured.length} windows of ${stays} stays, ${store.signals.length} signals; ` +
      (task.methods.every((id) => id === BUNDLE_METHOD)
        ? 'nothing was fitted.'
        : options.preset === 'paper'
          ? `fitted on ${training.length} (paper preset: survivors undersampled, outliers repaired, split 80 to 20 after that, no validation part, a fixed number of passes).`
          : `fitted on ${training.length}, stopped by ${validation.length} (split by patient)${validation[0] === measured[0] ? ', on which they are measured, too: they flatter' : ''}.`),
    `Errors on ${bundle === undefined ? "the training part's" : "the bundle's"} normalised scale. CRPS over 19 quantiles as CSDI prints it; of a method without samples it is its normalised absolute error. Cost: imputing only, on this machine.`,
    ...samplesNote(task.methods, options, bundle),
    ...(isFitted
      ? [`${budgetNote(session)}${chosenNote(cells.map(({ method, figures }) => [method, figures.chosen]))}`]
      : []),
    `Published: ${PUBLISHED_IMPUTATION.map(({ source, figures }) => `${source}: ${figures}`).join('; ')}.`,
    ...(bundle === undefined
      ? []
      : bundleNotes({ ...data, store: measuredWindows(store, measured, data.store) }, bundle, 'all')),
    ...subsampleNotes(options),
  ];
}
