import type { PairedDifference } from '#evaluation';
import type { Entry } from '#reporting';
import { someRows } from '../figures/judged-rows.js';
import { pairedAlarms, pairedIndices, pairedScores, type PairedRows } from '../figures/paired-figures.js';
import { standingAt } from '../figures/standing-at.js';
import { thresholdCatching } from '../figures/threshold-alarms.js';
import type { JudgedScores } from './judged-scores.js';
import type { ReportPart, ReportTable } from './report-part.js';
import type { ValidationData } from './validation-data.js';

const FIGURES = {
  auroc: 'AUROC',
  auprc: 'AUPRC',
  brier: 'Brier',
  calibrationSlope: 'slope',
  calibrationIntercept: 'intercept',
} as const;
const HOURS = [24, 48] as const;
const SHARE = 0.9;

/** Two releases side by side: differences on the same rows in the same resamples. Undefined for one release. */
export function pairedPart(data: ValidationData, scores: JudgedScores): ReportPart | undefined {
  const [one, two] = scores.releases;
  if (one === undefined || two === undefined) return undefined;
  const indices = pairedIndices(one.rows, two.rows);
  const pairs: PairedRows = { first: someRows(one.rows, indices.first), second: someRows(two.rows, indices.second) };
  const alarms = alarmsTable(data, scores, pairs);
  return {
    heading: `${two.name} beside ${one.name}`,
    tables: [differencesTable(data, scores, pairs), ...(alarms === undefined ? [] : [alarms])],
    pictures: [],
  };
}

function differencesTable(
  { seed, resamples, everyHours }: ValidationData,
  { releases: [one, two] }: JudgedScores,
  pairs: PairedRows,
): ReportTable {
  const oldest = Math.max(3, 2 * everyHours);
  const views = [
    ...HOURS.map((hour) => ({ name: `standing at ${hour} h`, rows: standingAt(pairs.first, hour, oldest) })),
    { name: 'all scores', rows: [...pairs.first.stays.keys()] },
  ].filter(({ rows }) => new Set(rows.map((row) => pairs.first.labels[row])).size === 2);
  const rows = views.flatMap(({ name, rows: chosen }) => {
    const some = { first: someRows(pairs.first, chosen), second: someRows(pairs.second, chosen) };
    const differences = pairedScores(some, { seed, resamples });
    return Object.entries(FIGURES).map(([figure, title]): Entry[] => [
      ...[name, title, chosen.length],
      ...entriesOf(differences[figure as keyof typeof FIGURES]),
    ]);
  });
  return {
    id: 'paired',
    title: 'Discrimination and calibration, paired',
    columns: [
      ...[{ name: 'scores' }, { name: 'figure' }, { name: 'rows', digits: 0 }],
      ...[one!.name, two!.name, 'difference'].map((name) => ({ name, interval: true })),
      { name: 'two-sided share' },
    ],
    rows,
    notes: [
      `Difference: ${two!.name} minus ${one!.name}, on rows that both scored, in the same resamples of patients, so that what makes a resample easy for both cancels. Two-sided share: twice the smaller share of resamples in which the difference is at most or at least 0.`,
    ],
  };
}

function entriesOf({ first, second, difference, twoSidedShare }: PairedDifference): Entry[] {
  return [first, second, difference, twoSidedShare];
}

function alarmsTable(
  { seed, resamples, everyHours }: ValidationData,
  { releases: [one, two] }: JudgedScores,
  pairs: PairedRows,
): ReportTable | undefined {
  const first = thresholdCatching({ ...one!, rows: pairs.first }, SHARE, everyHours);
  const second = thresholdCatching({ ...two!, rows: pairs.second }, SHARE, everyHours);
  if (first === undefined || second === undefined) return undefined;
  const found = pairedAlarms(pairs, { first, second }, everyHours, { seed, resamples });
  return {
    id: 'paired-alarms',
    title: `Alarms at the threshold of each that catches ${100 * SHARE} % of deaths, paired`,
    columns: [{ name: 'figure' }, { name: `difference, ${two!.name} minus ${one!.name}`, interval: true }],
    rows: [
      ['alarms per patient-day', found.alarmsPerPatientDay],
      ['PPV of an alarm', found.positivePredictiveValue],
      ['share of deaths caught', found.deathsCaught],
    ],
    notes: [],
  };
}
