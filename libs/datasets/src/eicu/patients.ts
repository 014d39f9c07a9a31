import { MINUTE_MS, type StayOutcome, type StayStatic } from '#clinical';
import { knownDescriptor, numericDescriptor, YOUNGEST_YEARS } from '../descriptors.js';
import type { ReadReport } from '../read-report.js';

/** Columns of the patient table that are read. */
export const PATIENT_COLUMNS = [
  'patientunitstayid',
  'uniquepid',
  'gender',
  'age',
  'ethnicity',
  'hospitalid',
  'wardid',
  'unittype',
  'admissionheight',
  'admissionweight',
  'unitdischargeoffset',
  'hospitaldischargestatus',
] as const;

/** A row of the patient table; an empty cell is an empty text. */
export type PatientRow = Readonly<Record<(typeof PATIENT_COLUMNS)[number], string>>;

/** What the patient table says of a stay. */
export interface EicuPatient {
  readonly id: string;
  readonly patientId: string;
  readonly ward: string;
  readonly endedAtMs: number;
  readonly static: StayStatic;
  readonly outcome: StayOutcome | undefined;
}

const ETHNICITIES: Readonly<Record<string, StayStatic['ethnicity']>> = {
  Asian: 'asian',
  'African American': 'black',
  Hispanic: 'hispanic',
  Caucasian: 'white',
  'Native American': 'other',
};

const UNIT_TYPES: Readonly<Record<string, StayStatic['unitType']>> = {
  'Med-Surg ICU': 'mixed',
  'Cardiac ICU': 'coronary',
  'CCU-CTICU': 'coronary',
  MICU: 'medical',
  SICU: 'surgical',
  'Neuro ICU': 'neuro',
  CSICU: 'cardiac-surgery',
  CTICU: 'cardiac-surgery',
};

const SEXES: Readonly<Record<string, StayStatic['sex']>> = { Female: 'female', Male: 'male' };
const OUTCOMES: Readonly<Record<string, StayOutcome>> = { Alive: 'survived', Expired: 'died' };

/** Ages above 89 are given as "> 89"; this stands for them. */
const OLDEST_YEARS = '90';

/** A stay of the patient table, or undefined (counted) when it cannot be used. */
export function patientOf(row: PatientRow, report: ReadReport): EicuPatient | undefined {
  const endedMinutes = row.unitdischargeoffset === '' ? Number.NaN : Number(row.unitdischargeoffset);
  if (row.patientunitstayid === '' || row.uniquepid === '' || !Number.isFinite(endedMinutes)) {
    report.skipStay('malformed-stay');
    return undefined;
  }
  const ageText = row.age.replaceAll(' ', '') === '>89' ? OLDEST_YEARS : row.age;
  if (ageText !== '' && Number(ageText) < YOUNGEST_YEARS) {
    report.skipStay('under-16');
    return undefined;
  }
  return {
    id: row.patientunitstayid,
    // The demo's persons are among those of the whole: one name, so that no split ever puts one into two parts.
    patientId: `eicu-demo/${row.uniquepid}`,
    ward: `hospital-${row.hospitalid}-ward-${row.wardid}`,
    endedAtMs: endedMinutes * MINUTE_MS,
    static: {
      ...numericDescriptor('ageYears', ageText, report),
      ...numericDescriptor('heightCm', row.admissionheight, report),
      ...numericDescriptor('weightKg', row.admissionweight, report),
      ...knownDescriptor('sex', SEXES[row.gender], report),
      ...knownDescriptor('ethnicity', ETHNICITIES[row.ethnicity], report),
      ...knownDescriptor('unitType', UNIT_TYPES[row.unittype], report),
    },
    outcome: OUTCOMES[row.hospitaldischargestatus],
  };
}
