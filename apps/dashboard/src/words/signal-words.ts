import { isSignalId, SIGNAL_IDS, SIGNAL_SETS, signalDefinition, type SignalId } from '#clinical';
import { DAILY_LIMITS, HOURLY_LIMITS, type FreshnessLimits } from './age-words.js';

/** The order in which signals are shown: the paper's eleven, then the rest of the wide set, then what else the catalogue has. */
export const SHOWN_SIGNALS: readonly SignalId[] = [
  ...new Set<SignalId>([...SIGNAL_SETS['paper-11'], ...SIGNAL_SETS['icu-36'], ...SIGNAL_IDS]),
];

/** Name of a signal for people; an identifier that the catalogue does not know is shown as it is. */
export function signalName(signal: string): string {
  return isSignalId(signal) ? signalDefinition(signal).name : signal;
}

/** How old a signal's value may be, by how often such a signal is taken. */
export function signalLimits(signal: string): FreshnessLimits {
  return isSignalId(signal) && signalDefinition(signal).slotMinutes < 60 ? HOURLY_LIMITS : DAILY_LIMITS;
}

/** A UCUM unit as it is written at the bedside: `mmHg`, `°C`, `10³/µL`; empty for scores and flags. */
export function unitWords(ucum: string): string {
  return BEDSIDE_UNITS[ucum] ?? ucum;
}

/** Unit of a signal as written at the bedside. */
export function signalUnit(signal: string): string {
  return isSignalId(signal) ? unitWords(signalDefinition(signal).unit) : '';
}

/** A value of a signal with the decimals that its unit deserves, without the unit. */
export function valueWords(signal: string, value: number): string {
  if (signal === 'mechanical-ventilation') return value >= 0.5 ? 'on' : 'off';
  const decimals = DECIMALS[signal] ?? 0;
  const text = value.toFixed(decimals);
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}

const BEDSIDE_UNITS: Readonly<Record<string, string>> = {
  '/min': '/min',
  Cel: '°C',
  'mm[Hg]': 'mmHg',
  '[pH]': '',
  '{score}': '',
  '{0or1}': '',
  '10*3/uL': '10³/µL',
  'ug/L': 'µg/L',
};

const DECIMALS: Readonly<Record<string, number>> = {
  temperature: 1,
  haemoglobin: 1,
  potassium: 1,
  'arterial-ph': 2,
  lactate: 1,
  creatinine: 1,
  'white-cells': 1,
  haematocrit: 1,
  bilirubin: 1,
  albumin: 1,
  magnesium: 1,
  'troponin-i': 2,
  'troponin-t': 2,
  weight: 1,
};

/** A contribution in log odds with its sign: `+0.42`, `−0.10`. */
export function logOddsWords(logOdds: number): string {
  return `${logOdds < 0 ? '−' : '+'}${Math.abs(logOdds).toFixed(2)}`;
}
