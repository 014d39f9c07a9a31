import type { SignalId } from '#clinical';
import { signalDefinition } from '#clinical';
import { type Column, type Entry, lineChart, type LineChart, type Table } from '#reporting';
import { bundleNotes } from '../data/seen-notes.js';
import { gridOf } from '../data/window-grids.js';
import type { ParquetColumn, ParquetRow } from '../predictions/write-parquet.js';
import type { Session } from '../session.js';
import { hiddenShare, hideInWindows, hidingTitle, type HidingName } from './hidings.js';
import type { ImputationFigures } from './imputation-figures.js';
import type { ImputationTask, ImputedCell } from './impute-cell.js';
import { PUBLISHED_IMPUTATION } from './published-imputation.js';

type TableBody = Pick<Table, 'id' | 'title' | 'columns' | 'rows'>;

/** Writes the tables and pictures of one data set. */
export async function writeImputation(
  session: Session,
  task: ImputationTask,
  cells: readonly ImputedCell[],
  hiddenDigest: string,
): Promise<void> {
  const notes = notesOf(session, task);
  const provenance = session.provenance(task.data, hiddenDigest);
  for (const body of [sharesTable(task, cells), figuresTable(task, cells), signalsTable(task, cells)])
    if (body.rows.length > 0) await session.writeTable({ ...body, notes, provenance });
  for (const [id, chart] of charts(task, cells))
    if (chart.series.length > 0) await session.writePicture(id, await lineChart(chart));
}

const PREDICTION_COLUMNS: readonly ParquetColumn[] = [
  { name: 'method', type: 'text' },
  { name: 'hidden', type: 'text' },
  { name: 'stay', type: 'text' },
  { name: 'hours', type: 'number' },
  { name: 'signal', type: 'text' },
  { name: 'window_hour', type: 'whole' },
  { name: 'truth', type: 'number' },
  { name: 'imputed', type: 'number' },
  { name: 'low', type: 'number' },
  { name: 'high', type: 'number' },
];

/** Every hidden entry with its true value and what each method says of it, normalised: also the file of the hidden entries. */
export async function writeHiddenEntries(
  session: Session,
  task: ImputationTask,
  cells: readonly ImputedCell[],
  form: 'imputation' | 'sampler' = 'imputation',
): Promise<void> {
  await session.writePredictions(
    `${form}-predictions-${task.data.id}`,
    PREDICTION_COLUMNS,
    entryRows(task, cells, session.options.seed),
  );
}

function* entryRows(
  { store, scales, measured, hidings }: ImputationTask,
  cells: readonly ImputedCell[],
  seed: number,
): Generator<ParquetRow> {
  for (const hiding of hidings) {
    const own = cells.filter((cell) => cell.hiding === hiding);
    let at = 0;
    for (const index of measured) {
      const { stayId, hoursSinceAdmission } = store.labels[index]!;
      const grid = gridOf(store, [index], scales);
      const hidden = hideInWindows(store, [index], grid.mask, hiding, seed);
      for (const [entry, isHidden] of hidden.entries()) {
        if (isHidden !== 1) continue;
        const signal = store.signals[Math.floor(entry / store.hours)]!;
        for (const { method, imputed, low, high } of own)
          yield [
            method,
            hiding,
            stayId,
            hoursSinceAdmission,
            signal,
            entry % store.hours,
            grid.values[entry],
            imputed[at],
            low?.[at],
            high?.[at],
          ];
        at++;
      }
    }
  }
}

/** RMSE and MAE at each share of random points: the published table's form. */
function sharesTable({ data, methods, hidings }: ImputationTask, cells: readonly ImputedCell[]): TableBody {
  const shares = hidings.filter((name) => hiddenShare(name) !== undefined);
  const columns = shares.flatMap((name): Column[] => [{ name: `RMSE ${name} %` }, { name: `MAE ${name} %` }]);
  return {
    id: `imputation-shares-${data.id}`,
    title: `Imputation: error by share of points hidden, ${data.id}`,
    columns: [{ name: 'method' }, ...columns],
    rows:
      shares.length === 0
        ? []
        : methods.map((method) => [
            method,
            ...shares.flatMap((name): Entry[] => {
              const figures = figuresOf(cells, method, name);
              return [figures?.rmse, figures?.mae];
            }),
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

/** Share of true values within the central 50 and 90 % of the samples, a line each. */
function coverageChart({ data, methods, hidings }: ImputationTask, cells: readonly ImputedCell[]): LineChart {
  const levels = [
    ['50 %', ({ coverage50 }: ImputationFigures) => coverage50],
    ['90 %', ({ coverage90 }: ImputationFigures) => coverage90],
  ] as const;
  return {
    title: `Coverage of intervals, ${data.id}`,
    x: { title: 'points hidden, %', domain: [0, 100] },
    y: { title: 'share of true values within', domain: [0, 1] },
    marked: true,
    series: methods.flatMap((method) =>
      levels.flatMap(([level, pick]) => {
        const points = hidings.flatMap((name) => {
          const share = hiddenShare(name);
          const figures = figuresOf(cells, method, name);
          const y = figures === undefined ? undefined : pick(figures);
          return share === undefined || y === undefined ? [] : [{ x: 100 * share, y }];
        });
        return points.length === 0 ? [] : [{ name: `${method}, ${level} interval`, points }];
      }),
    ),
  };
}

function charts(task: ImputationTask, cells: readonly ImputedCell[]): [string, LineChart][] {
  const { data, methods, hidings } = task;
  const shares = hidings.filter((name) => hiddenShare(name) !== undefined);
  const chart = (title: string, pick: (figures: ImputationFigures) => number | undefined): LineChart => ({
    title: `${title}, ${data.id}`,
    x: { title: 'points hidden, %', domain: [0, 100] },
    y: { title },
    marked: true,
    series: methods.flatMap((method) => {
      const points = shares.flatMap((name) => {
        const figures = figuresOf(cells, method, name);
        const y = figures === undefined ? undefined : pick(figures);
        return y === undefined ? [] : [{ x: 100 * hiddenShare(name)!, y }];
      });
      return points.length === 0 ? [] : [{ name: method, points }];
    }),
  });
  return [
    [`imputation-rmse-${data.id}`, chart('RMSE, standard deviations', ({ rmse }) => rmse)],
    [`imputation-mae-${data.id}`, chart('MAE, standard deviations', ({ mae }) => mae)],
    [`imputation-crps-${data.id}`, chart('CRPS, normalised', ({ crps }) => crps)],
    [`imputation-coverage-${data.id}`, coverageChart(task, cells)],
  ];
}

function figuresOf(cells: readonly ImputedCell[], method: string, hiding: HidingName): ImputationFigures | undefined {
  return cells.find((cell) => cell.method === method && cell.hiding === hiding)?.figures;
}

function notesOf({ options }: Session, task: ImputationTask): string[] {
  const { data, store, training, validation, measured, bundle } = task;
  const stays = new Set(measured.map((index) => store.labels[index]!.stayId)).size;
  const ends =
    options.windows === 'random'
      ? 'Windows end at a random hour of each stay and hold what was available by then.'
      : 'Windows end at 24 hours and hold what was available by then.';
  return [
    `${ends} Measured on ${measured.length} windows of ${stays} stays, ${store.signals.length} signals; ` +
      (options.preset === 'paper'
        ? `fitted on ${training.length} (paper preset: survivors undersampled, outliers repaired, split 80 to 20 after that, no validation part, a fixed number of passes).`
        : `fitted on ${training.length}, stopped by ${validation.length} (split by patient)${validation[0] === measured[0] ? ', on which they are measured, too: they flatter' : ''}.`),
    `Errors on ${bundle === undefined ? "the training part's" : "the bundle's"} normalised scale. CRPS over 19 quantiles as CSDI prints it; of a method without samples it is its normalised absolute error. Cost: imputing only, on this machine.`,
    `Published: ${PUBLISHED_IMPUTATION.map(({ source, figures }) => `${source}: ${figures}`).join('; ')}.`,
    ...(bundle === undefined ? [] : bundleNotes({ ...data, store: measuredWindows(task) }, bundle, 'all')),
    ...(options.maxStays === undefined ? [] : [`A subsample: the first ${options.maxStays} stays only.`]),
  ];
}

/** The windows that are measured, alone. */
export function measuredWindows({ store, measured }: ImputationTask): ImputationTask['store'] {
  const size = store.signals.length * store.hours;
  const values = new Float32Array(measured.length * size);
  measured.forEach((index, row) => values.set(store.values.subarray(index * size, (index + 1) * size), row * size));
  return { ...store, labels: measured.map((index) => store.labels[index]!), values };
}
