import type { StayStatic } from '#clinical';

/** By the beginning of the text, the first that fits; what fits none is unknown. */
const ETHNICITIES: readonly (readonly [string, StayStatic['ethnicity']])[] = [
  ['WHITE', 'white'],
  ['PORTUGUESE', 'white'],
  ['BLACK', 'black'],
  ['HISPANIC', 'hispanic'],
  ['SOUTH AMERICAN', 'hispanic'],
  ['ASIAN', 'asian'],
  ['AMERICAN INDIAN', 'other'],
  ['NATIVE HAWAIIAN', 'other'],
  ['MIDDLE EASTERN', 'other'],
  ['CARIBBEAN', 'other'],
  ['MULTI', 'other'],
  ['OTHER', 'other'],
];

const UNIT_TYPES: Readonly<Record<string, StayStatic['unitType']>> = {
  CCU: 'coronary',
  CSRU: 'cardiac-surgery',
  MICU: 'medical',
  SICU: 'surgical',
  TSICU: 'surgical',
  'Coronary Care Unit (CCU)': 'coronary',
  'Cardiac Vascular Intensive Care Unit (CVICU)': 'cardiac-surgery',
  'Medical Intensive Care Unit (MICU)': 'medical',
  'Surgical Intensive Care Unit (SICU)': 'surgical',
  'Trauma SICU (TSICU)': 'surgical',
  'Medical/Surgical Intensive Care Unit (MICU/SICU)': 'mixed',
  'Neuro Surgical Intensive Care Unit (Neuro SICU)': 'neuro',
  'Neuro Intermediate': 'neuro',
  'Neuro Stepdown': 'neuro',
};

/** Our word for MIMIC's `ethnicity` or `race`; undefined for unknown, declined and unable to obtain. */
export function ethnicityOf(text: string | null): StayStatic['ethnicity'] {
  const upper = (text ?? '').trim().toUpperCase();
  return ETHNICITIES.find(([beginning]) => upper.startsWith(beginning))?.[1];
}

/** Our word for the first care unit; undefined for others. */
export function unitTypeOf(text: string | null): StayStatic['unitType'] {
  return text !== null && Object.hasOwn(UNIT_TYPES, text) ? UNIT_TYPES[text] : undefined;
}
