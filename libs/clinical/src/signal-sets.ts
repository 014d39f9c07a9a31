import type { SignalId } from './signal-catalogue.js';

const PAPER_11 = [
  'heart-rate',
  'temperature',
  'systolic-pressure',
  'diastolic-pressure',
  'mean-arterial-pressure',
  'respiratory-rate',
  'spo2',
  'glucose',
  'haemoglobin',
  'potassium',
  'sodium',
] as const satisfies readonly SignalId[];

const ICU_36 = [
  ...PAPER_11,
  'glasgow-coma-scale',
  'urine-output',
  'fio2',
  'mechanical-ventilation',
  'pao2',
  'paco2',
  'arterial-ph',
  'lactate',
  'bicarbonate',
  'urea-nitrogen',
  'creatinine',
  'white-cells',
  'platelets',
  'haematocrit',
  'bilirubin',
  'albumin',
  'alt',
  'ast',
  'alp',
  'magnesium',
  'cholesterol',
  'troponin-i',
  'troponin-t',
  'sao2',
  'weight',
] as const satisfies readonly SignalId[];

/**
 * The named sets of signals, in the order in which a network reads them.
 *
 * `paper-11` is the published method's; `icu-36` adds what Challenge 2012 offers beside it and is served by default.
 */
export const SIGNAL_SETS = { 'paper-11': PAPER_11, 'icu-36': ICU_36 } as const satisfies Record<
  string,
  readonly SignalId[]
>;

/** Name of a signal set. */
export type SignalSetName = keyof typeof SIGNAL_SETS;
