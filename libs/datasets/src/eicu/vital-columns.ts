import type { ObservationSource, SignalId } from '#clinical';

/** A column of a vital-sign table. */
export interface VitalColumn {
  readonly column: string;
  readonly signal: SignalId;
  readonly source: ObservationSource;
}

/** Columns of vitalPeriodic. Its `sao2` is the pulse oximeter's saturation, whatever its name says. */
export const PERIODIC_COLUMNS = [
  { column: 'temperature', signal: 'temperature', source: 'monitor' },
  { column: 'sao2', signal: 'spo2', source: 'monitor' },
  { column: 'heartrate', signal: 'heart-rate', source: 'monitor' },
  { column: 'respiration', signal: 'respiratory-rate', source: 'monitor' },
  { column: 'systemicsystolic', signal: 'systolic-pressure', source: 'arterial-line' },
  { column: 'systemicdiastolic', signal: 'diastolic-pressure', source: 'arterial-line' },
  { column: 'systemicmean', signal: 'mean-arterial-pressure', source: 'arterial-line' },
] as const satisfies readonly VitalColumn[];

/** Columns of vitalAperiodic: the cuff. */
export const APERIODIC_COLUMNS = [
  { column: 'noninvasivesystolic', signal: 'systolic-pressure', source: 'cuff' },
  { column: 'noninvasivediastolic', signal: 'diastolic-pressure', source: 'cuff' },
  { column: 'noninvasivemean', signal: 'mean-arterial-pressure', source: 'cuff' },
] as const satisfies readonly VitalColumn[];

/** Between what no body has in Celsius and what none has in Fahrenheit. */
const FAHRENHEIT_FROM = 60;

/** The unit of a temperature, which the table does not say: both occur in one column. */
export function temperatureUnit(value: number): 'Cel' | '[degF]' {
  return value >= FAHRENHEIT_FROM ? '[degF]' : 'Cel';
}
