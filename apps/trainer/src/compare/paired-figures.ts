import {
  alarmTimes,
  bootstrapTotals,
  pairedBootstrap,
  type BootstrapOptions,
  type Estimate,
  type MortalityFigure,
} from '#evaluation';
import type { ComparedFigure, NullableEstimate, PairedFigure } from '../gate/comparison.js';
import type { HeldOutStay } from './held-out-stay.js';

/** Silence after an alarm: whoever was called has seen the patient. */
const REFRACTORY_HOURS = 12;
const HOURS_A_DAY = 24;
const MORTALITY_FIGURES: readonly MortalityFigure[] = [
  'auroc',
  'auprc',
  'brier',
  'calibrationSlope',
  'calibrationIntercept',
];

/** Where risks are judged and when they raise an alarm. */
export interface FigureOptions extends BootstrapOptions {
  readonly judgedAtHours: readonly number[];
  readonly scoreEveryHours: number;
  /** Risk at which each release raises an alarm; null where none was found. */
  readonly thresholds: { readonly champion: number | null; readonly candidate: number | null };
}

/** A judged risk of a stay. */
export interface JudgedRow {
  readonly stay: HeldOutStay;
  readonly champion: number;
  readonly candidate: number;
}

/** The scores of stays that end at the judged hours. */
export function judgedRows(stays: readonly HeldOutStay[], judgedAtHours: readonly number[]): JudgedRow[] {
  return stays.flatMap((stay) =>
    stay.hours.flatMap((hour, at) =>
      judgedAtHours.includes(hour) ? [{ stay, champion: stay.champion[at]!, candidate: stay.candidate[at]! }] : [],
    ),
  );
}

/** Every compared figure of some stays, both releases in the same resamples of patients. A figure that is not defined has nulls. */
export function pairedFigures(stays: readonly HeldOutStay[], options: FigureOptions): PairedFigure[] {
  const rows = judgedRows(stays, options.judgedAtHours);
  return [
    ...mortality(rows, options),
    ...observedToExpected(rows, options),
    ...imputation('imputationErrorPoints', stays, ({ errors }) => errors?.points, options),
    ...imputation('imputationErrorHours', stays, ({ errors }) => errors?.hours, options),
    ...alarms(stays, options),
  ];
}

function mortality(rows: readonly JudgedRow[], options: FigureOptions): PairedFigure[] {
  if (rows.length === 0) return [];
  const paired = pairedBootstrap(
    {
      patients: rows.map(({ stay }) => stay.number),
      labels: rows.map(({ stay }) => Number(stay.died)),
      first: rows.map(({ champion }) => champion),
      second: rows.map(({ candidate }) => candidate),
    },
    options,
  );
  return MORTALITY_FIGURES.map((figure) => {
    const { first, second, difference } = paired[figure];
    return { figure, champion: nullable(first), candidate: nullable(second), difference: nullable(difference) };
  });
}

function observedToExpected(rows: readonly JudgedRow[], options: FigureOptions): PairedFigure[] {
  const columns = {
    deaths: rows.map(({ stay }) => Number(stay.died)),
    champion: rows.map(({ champion }) => champion),
    candidate: rows.map(({ candidate }) => candidate),
  };
  const ofSums = ({ deaths, champion, candidate }: Record<keyof typeof columns, number>) =>
    withDifference(deaths / champion, deaths / candidate);
  const patients = rows.map(({ stay }) => stay.number);
  return paired('observedToExpected', patients, columns, ofSums, options);
}

function imputation(
  figure: ComparedFigure,
  stays: readonly HeldOutStay[],
  of: (stay: HeldOutStay) => NonNullable<HeldOutStay['errors']>['points'] | undefined,
  options: FigureOptions,
): PairedFigure[] {
  const errors = stays.flatMap((stay) => of(stay) ?? []);
  const columns = {
    entries: errors.map(({ entries }) => entries),
    champion: errors.map(({ champion }) => champion),
    candidate: errors.map(({ candidate }) => candidate),
  };
  const ofSums = ({ entries, champion, candidate }: Record<keyof typeof columns, number>) =>
    withDifference(Math.sqrt(champion / entries), Math.sqrt(candidate / entries));
  return paired(figure, [...errors.keys()], columns, ofSums, options);
}

function alarms(stays: readonly HeldOutStay[], options: FigureOptions): PairedFigure[] {
  const { thresholds, scoreEveryHours } = options;
  if (thresholds.champion === null || thresholds.candidate === null || stays.length === 0) return [];
  const count = (risks: 'champion' | 'candidate', threshold: number): number[] =>
    stays.map((stay) => alarmTimes(stay.hours, stay[risks], { threshold, refractoryHours: REFRACTORY_HOURS }).length);
  const [champion, candidate] = [count('champion', thresholds.champion), count('candidate', thresholds.candidate)];
  const ofDeaths = (alarms: readonly number[]): number[] => alarms.map((raised, at) => (stays[at]!.died ? raised : 0));
  const columns = {
    ...{ champion, candidate, trueChampion: ofDeaths(champion), trueCandidate: ofDeaths(candidate) },
    days: stays.map(({ hours }) => (hours.at(-1)! - hours[0]! + scoreEveryHours) / HOURS_A_DAY),
  };
  type Sums = Record<keyof typeof columns, number>;
  const patients = stays.map(({ number }) => number);
  const burden = (sums: Sums) => withDifference(sums.champion / sums.days, sums.candidate / sums.days);
  const precision = (sums: Sums) =>
    withDifference(sums.trueChampion / sums.champion, sums.trueCandidate / sums.candidate);
  return [
    ...paired('alarmsPerPatientDay', patients, columns, burden, options),
    ...paired('alarmPrecision', patients, columns, precision, options),
  ];
}

type Sides = Record<'champion' | 'candidate' | 'difference', number>;

function paired<Column extends string>(
  figure: ComparedFigure,
  patients: readonly number[],
  columns: Readonly<Record<Column, readonly number[]>>,
  ofSums: (sums: Record<Column, number>) => Sides,
  options: BootstrapOptions,
): PairedFigure[] {
  if (patients.length === 0) return [];
  const { champion, candidate, difference } = bootstrapTotals(patients, columns, ofSums, options);
  return [{ figure, champion: nullable(champion), candidate: nullable(candidate), difference: nullable(difference) }];
}

function withDifference(champion: number, candidate: number): Sides {
  return { champion, candidate, difference: candidate - champion };
}

function nullable({ value, low, high }: Estimate): NullableEstimate {
  const defined = (number: number): number | null => (Number.isFinite(number) ? number : null);
  return { value: defined(value), low: defined(low), high: defined(high) };
}
