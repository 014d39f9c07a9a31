import { mortalityMetrics, type BootstrapOptions } from '#evaluation';
import { bootstrapInWorkers, type Column, type Entry } from '#reporting';
import type { JudgedRows } from './judged-rows.js';

const NEWS2_MOST = 20;

/** What is judged: a release's risk, or NEWS2, which is no probability. */
export interface JudgedScore {
  readonly name: string;
  readonly rows: JudgedRows;
  readonly kind: 'risk' | 'news2';
}

/** Columns of every table of discrimination and calibration, after those that name the row. */
export const SCORE_COLUMNS: readonly Column[] = [
  { name: 'scores', digits: 0 },
  { name: 'stays', digits: 0 },
  { name: 'deaths', digits: 0 },
  { name: 'AUROC', interval: true },
  { name: 'AUPRC', interval: true },
  { name: 'Brier', interval: true },
  { name: 'slope', digits: 2, interval: true },
  { name: 'intercept', digits: 2, interval: true },
  { name: 'mean risk' },
  { name: 'observed' },
];

/** What the columns mean. */
export const SCORE_LEGEND =
  'Intervals: 95 %, bootstrap over patients. Slope and intercept: of the logistic line of the outcome on the log odds of the risk; 1 and 0 where it is calibrated. Observed: share of the scores whose stay ended in death.';

/** Fewer rows are resampled sooner by this thread than workers are started. */
const ROWS_FOR_WORKERS = 2_000;

/** Entries under {@link SCORE_COLUMNS}; NEWS2 is judged by its order only. */
export async function scoreEntries({ rows, kind }: JudgedScore, options: BootstrapOptions): Promise<Entry[]> {
  const { patients, labels, stays } = rows;
  const count = labels.length;
  const isRisk = kind === 'risk';
  const risks = isRisk ? rows.risks : rows.news2.map((total) => total / NEWS2_MOST);
  const { auroc, auprc, brier, calibrationSlope, calibrationIntercept } =
    count < ROWS_FOR_WORKERS
      ? mortalityMetrics({ patients, labels, risks }, options)
      : await bootstrapInWorkers({ patients, labels, risks }, options);
  const died = new Set(stays.filter((_, row) => labels[row] === 1));
  const mean = (column: readonly number[]): number => column.reduce((sum, value) => sum + value, 0) / count;
  return [
    ...[count, new Set(stays).size, died.size],
    ...[auroc, auprc],
    ...(isRisk
      ? [brier, calibrationSlope, calibrationIntercept, mean(risks)]
      : [undefined, undefined, undefined, undefined]),
    mean(labels),
  ];
}

/** The area under the ROC curve alone, for pictures. */
export function scoreValues({ rows, kind }: JudgedScore): readonly number[] {
  return kind === 'risk' ? rows.risks : rows.news2;
}
