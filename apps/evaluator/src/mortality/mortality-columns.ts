import type { Estimate } from '#evaluation';
import type { Column, Entry } from '#reporting';
import type { MortalityRow } from './mortality-row.js';

/** Columns of every table of mortality figures, after those that name the row. */
export const MORTALITY_COLUMNS: readonly Column[] = [
  { name: 'windows', digits: 0 },
  { name: 'deaths', digits: 0 },
  { name: 'AUROC', interval: true },
  { name: 'AUPRC', interval: true },
  { name: 'Brier', interval: true },
  { name: 'slope', digits: 2, interval: true },
  { name: 'intercept', digits: 2, interval: true },
  { name: 'min(Se, PPV)' },
  { name: 'flagged % at 80 % of deaths', digits: 1 },
  { name: 'PPV % at 80 %', digits: 1 },
  { name: 'flagged % at 90 % of deaths', digits: 1 },
  { name: 'PPV % at 90 %', digits: 1 },
];

/** What the columns mean, for the notes of a table. */
export const MORTALITY_LEGEND =
  'Intervals: 95 %, bootstrap over patients. min(Se, PPV): the greatest minimum of sensitivity and positive predictive value over all thresholds (Event 1 of Challenge 2012), with the threshold that suits these data best. Flagged: share of windows at or above the threshold that catches 80 or 90 % of the deaths; PPV: share of these whose patient died.';

/** The entries of a row under {@link MORTALITY_COLUMNS}; a score that is no probability has no Brier score and no calibration. */
export function mortalityEntries(
  { metrics, minimum, catching80, catching90 }: MortalityRow,
  isProbability: boolean,
): Entry[] {
  const calibrated = (estimate: Estimate): Entry => (isProbability ? estimate : undefined);
  const percent = (share: number | undefined): Entry => (share === undefined ? undefined : 100 * share);
  return [
    metrics.rows,
    metrics.deaths,
    metrics.auroc,
    metrics.auprc,
    calibrated(metrics.brier),
    calibrated(metrics.calibrationSlope),
    calibrated(metrics.calibrationIntercept),
    minimum,
    percent(catching80?.flagged),
    percent(catching80?.positivePredictiveValue),
    percent(catching90?.flagged),
    percent(catching90?.positivePredictiveValue),
  ];
}
