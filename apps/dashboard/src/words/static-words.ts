import type { StayStatic } from '#clinical';

/** A line of what is known at admission. */
export interface StaticLine {
  readonly name: string;
  /** Undefined when unknown: shown as such. */
  readonly value: string | undefined;
}

const UNIT_TYPES: Readonly<Record<NonNullable<StayStatic['unitType']>, string>> = {
  coronary: 'coronary care',
  'cardiac-surgery': 'cardiac surgery',
  medical: 'medical',
  surgical: 'surgical',
  mixed: 'mixed',
  neuro: 'neuro',
};

/** What is known at admission, line by line; what is unknown keeps its line. */
export function staticLines(known: StayStatic | undefined): readonly StaticLine[] {
  const number = (value: number | undefined, unit: string): string | undefined =>
    value === undefined ? undefined : `${Math.round(value)} ${unit}`;
  return [
    { name: 'Age', value: number(known?.ageYears, 'years') },
    { name: 'Sex', value: known?.sex },
    { name: 'Ethnicity', value: known?.ethnicity },
    { name: 'Height', value: number(known?.heightCm, 'cm') },
    { name: 'Weight at admission', value: number(known?.weightKg, 'kg') },
    { name: 'Unit', value: known?.unitType && UNIT_TYPES[known.unitType] },
  ];
}
