import type { ObservationSource, SignalId } from '#clinical';

/** How a column of a Challenge 2019 record becomes an observation. */
export interface ColumnMapping {
  readonly signal: SignalId;
  readonly source: ObservationSource;
  /** Unit of the file where it is not the stored one. */
  readonly unit?: string;
}

const monitor = (signal: SignalId): ColumnMapping => ({ signal, source: 'monitor' });
const laboratory = (signal: SignalId, unit?: string): ColumnMapping => ({
  signal,
  source: 'laboratory',
  ...(unit === undefined ? {} : { unit }),
});

/**
 * The columns that the catalogue knows. Magnesium is documented as mmol/dL but its values (median 2.0) are mg/dL. Neither the origin of
 * a pressure nor sodium is in the files.
 */
export const COLUMNS: Readonly<Record<string, ColumnMapping>> = {
  HR: monitor('heart-rate'),
  O2Sat: monitor('spo2'),
  Temp: { signal: 'temperature', source: 'manual' },
  SBP: monitor('systolic-pressure'),
  MAP: monitor('mean-arterial-pressure'),
  DBP: monitor('diastolic-pressure'),
  Resp: monitor('respiratory-rate'),
  FiO2: { signal: 'fio2', source: 'device' },
  HCO3: laboratory('bicarbonate'),
  pH: laboratory('arterial-ph'),
  PaCO2: laboratory('paco2'),
  SaO2: laboratory('sao2'),
  AST: laboratory('ast'),
  BUN: laboratory('urea-nitrogen'),
  Alkalinephos: laboratory('alp'),
  Creatinine: laboratory('creatinine'),
  Glucose: laboratory('glucose'),
  Lactate: laboratory('lactate'),
  Magnesium: laboratory('magnesium', 'mg/dL'),
  Potassium: laboratory('potassium'),
  Bilirubin_total: laboratory('bilirubin'),
  TroponinI: laboratory('troponin-i'),
  Hct: laboratory('haematocrit'),
  Hgb: laboratory('haemoglobin'),
  WBC: laboratory('white-cells'),
  Platelets: laboratory('platelets'),
};

/** Columns that are no series: what is known at admission, the hour, and the label of the challenge (sepsis). */
export const DESCRIPTOR_COLUMNS = ['Age', 'Gender', 'Unit1', 'Unit2', 'HospAdmTime', 'ICULOS', 'SepsisLabel'] as const;
