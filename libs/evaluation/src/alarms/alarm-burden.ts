import { bootstrapTotals } from '../bootstrap/bootstrap-totals.js';
import type { BootstrapOptions, Estimate } from '../bootstrap/bootstrap.js';
import { quantileOfSorted } from '../quantile.js';
import { alarmTimes, type AlarmPolicy } from './alarm-times.js';
import { groupByStay, type RollingScores } from './rolling-scores.js';

/** What an alarm policy asks of a ward, and what it gives. */
export interface AlarmBurden {
  readonly stays: number;
  readonly deaths: number;
  readonly patientDays: number;
  readonly alarms: number;
  readonly alarmsPerPatientDay: number;
  /** Share of alarms in stays that ended in death; NaN without an alarm. */
  readonly positivePredictiveValue: number;
  /** Share of deaths with at least one alarm before; NaN without a death. */
  readonly deathsCaught: number;
  /** Share of survivors' stays with at least one alarm; NaN without a survivor. */
  readonly survivorsAlarmed: number;
  /** Hours from the first alarm to death, over the deaths that were caught; NaN without one. */
  readonly leadHours: { readonly lowerQuartile: number; readonly median: number; readonly upperQuartile: number };
}

/** Figures of a burden that have an interval. */
export type AlarmFigure = 'alarmsPerPatientDay' | 'positivePredictiveValue' | 'deathsCaught' | 'survivorsAlarmed';

/** [stay] what each contributes. */
interface StayTallies {
  readonly patients: readonly (string | number)[];
  readonly columns: Readonly<Record<TallyColumn, readonly number[]>>;
  /** Of the deaths that were caught. */
  readonly leadHours: readonly number[];
}

type TallyColumn = 'stays' | 'deaths' | 'days' | 'alarms' | 'trueAlarms' | 'caught' | 'survivorsAlarmed';

/** Alarms that a policy would have raised on recorded scores. Alarms per patient-day count the time watched, deaths and survivors alike. */
export function alarmBurden(scores: RollingScores, policy: AlarmPolicy): AlarmBurden {
  const { columns, leadHours } = tally(scores, policy);
  const sums = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.reduce((sum, value) => sum + value, 0)]),
  ) as Record<TallyColumn, number>;
  const sorted = leadHours.toSorted((a, b) => a - b);
  const quantile = (level: number): number => (sorted.length === 0 ? Number.NaN : quantileOfSorted(sorted, level));
  return {
    stays: sums.stays,
    deaths: sums.deaths,
    patientDays: sums.days,
    alarms: sums.alarms,
    ...figuresOf(sums),
    leadHours: { lowerQuartile: quantile(0.25), median: quantile(0.5), upperQuartile: quantile(0.75) },
  };
}

/** The figures of {@link alarmBurden} with bootstrap intervals over patients, for a threshold that is given. */
export function alarmBurdenIntervals(
  scores: RollingScores,
  policy: AlarmPolicy,
  options: BootstrapOptions,
): Record<AlarmFigure, Estimate> {
  const { patients, columns } = tally(scores, policy);
  return bootstrapTotals(patients, columns, figuresOf, options);
}

function tally(scores: RollingScores, policy: AlarmPolicy): StayTallies {
  const stays = groupByStay(scores).map((stay) => ({ ...stay, alarms: alarmTimes(stay.hours, stay.risks, policy) }));
  const column = (of: (stay: (typeof stays)[number]) => number): number[] => stays.map(of);
  return {
    patients: stays.map(({ patient }) => patient),
    columns: {
      stays: column(() => 1),
      deaths: column(({ died }) => Number(died)),
      days: column(({ watchedHours }) => watchedHours / 24),
      alarms: column(({ alarms }) => alarms.length),
      trueAlarms: column(({ died, alarms }) => (died ? alarms.length : 0)),
      caught: column(({ died, alarms }) => Number(died && alarms.length > 0)),
      survivorsAlarmed: column(({ died, alarms }) => Number(!died && alarms.length > 0)),
    },
    leadHours: stays
      .filter(({ died, alarms }) => died && alarms.length > 0)
      .map((stay) => stay.endHours - stay.alarms[0]!),
  };
}

function figuresOf(sums: Record<TallyColumn, number>): Record<AlarmFigure, number> {
  return {
    alarmsPerPatientDay: sums.alarms / sums.days,
    positivePredictiveValue: sums.trueAlarms / sums.alarms,
    deathsCaught: sums.caught / sums.deaths,
    survivorsAlarmed: sums.survivorsAlarmed / (sums.stays - sums.deaths),
  };
}
