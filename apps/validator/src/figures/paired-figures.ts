import { bootstrapTotals, pairedBootstrap, alarmTimes, type BootstrapOptions, type Estimate } from '#evaluation';
import type { MortalityFigure, PairedDifference } from '#evaluation';
import { REFRACTORY_HOURS } from './threshold-alarms.js';
import type { JudgedRows } from './judged-rows.js';

/** Rows that both releases scored, in the same order. */
export interface PairedRows {
  readonly first: JudgedRows;
  readonly second: JudgedRows;
}

/** Pairs the rows of two releases by stay and due time; of several windows of one due time the newest counts. */
export function pairedIndices(
  first: JudgedRows,
  second: JudgedRows,
): { readonly first: number[]; readonly second: number[] } {
  const keyOf = ({ stays, hours }: JudgedRows, row: number): string => `${stays[row]}|${hours[row]}`;
  const rowOfSecond = new Map(second.stays.map((_, row) => [keyOf(second, row), row]));
  const rowOfFirst = new Map(first.stays.map((_, row) => [keyOf(first, row), row]));
  const both = [...rowOfFirst].filter(([key]) => rowOfSecond.has(key));
  return { first: both.map(([, row]) => row), second: both.map(([key]) => rowOfSecond.get(key)!) };
}

/** Differences of two releases on the same rows, second minus first, judged in the same resamples of patients. */
export function pairedScores(
  { first, second }: PairedRows,
  options: BootstrapOptions,
): Record<MortalityFigure, PairedDifference> {
  const { patients, labels } = first;
  return pairedBootstrap({ patients, labels, first: first.risks, second: second.risks }, options);
}

/** Alarms of two releases on the same stays, each at its own threshold. */
export interface PairedAlarms {
  /** Alarms per patient-day: second minus first. */
  readonly alarmsPerPatientDay: Estimate;
  readonly positivePredictiveValue: Estimate;
  readonly deathsCaught: Estimate;
}

/** Differences of the alarms of two releases, second minus first, in the same resamples of patients. */
export function pairedAlarms(
  { first, second }: PairedRows,
  thresholds: { readonly first: number; readonly second: number },
  everyHours: number,
  options: BootstrapOptions,
): PairedAlarms {
  const rowsOfStay = new Map<string, number[]>();
  first.stays.forEach((stay, row) => rowsOfStay.set(stay, [...(rowsOfStay.get(stay) ?? []), row]));
  const stays = [...rowsOfStay.values()];
  const alarms = (rows: readonly number[], { hours, risks }: JudgedRows, threshold: number): number =>
    alarmTimes(
      rows.map((row) => hours[row]!),
      rows.map((row) => risks[row]!),
      { threshold, refractoryHours: REFRACTORY_HOURS },
    ).length;
  const ofFirst = stays.map((rows) => alarms(rows, first, thresholds.first));
  const ofSecond = stays.map((rows) => alarms(rows, second, thresholds.second));
  const died = stays.map((rows) => first.labels[rows[0]!]!);
  return bootstrapTotals(
    stays.map((rows) => first.patients[rows[0]!]!),
    {
      days: stays.map((rows) => (first.hours[rows.at(-1)!]! - first.hours[rows[0]!]! + everyHours) / 24),
      deaths: died,
      alarmsFirst: ofFirst,
      alarmsSecond: ofSecond,
      trueFirst: ofFirst.map((count, stay) => count * died[stay]!),
      trueSecond: ofSecond.map((count, stay) => count * died[stay]!),
      caughtFirst: ofFirst.map((count, stay) => Number(count > 0) * died[stay]!),
      caughtSecond: ofSecond.map((count, stay) => Number(count > 0) * died[stay]!),
    },
    (sums) => ({
      alarmsPerPatientDay: (sums.alarmsSecond - sums.alarmsFirst) / sums.days,
      positivePredictiveValue: sums.trueSecond / sums.alarmsSecond - sums.trueFirst / sums.alarmsFirst,
      deathsCaught: (sums.caughtSecond - sums.caughtFirst) / sums.deaths,
    }),
    options,
  );
}
