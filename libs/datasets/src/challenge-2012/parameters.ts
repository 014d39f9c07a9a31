import type { ObservationSource, SignalId } from '#clinical';

/** How a parameter of a Challenge 2012 record becomes an observation. */
export interface ParameterMapping {
  readonly signal: SignalId;
  readonly source: ObservationSource;
  /** Unit of the file where it is not the stored one. */
  readonly unit?: string;
  /** Signal computed from this one, because the record has none of its own. */
  readonly derived?: { readonly signal: SignalId; readonly factor: number };
}

const laboratory = (signal: SignalId): ParameterMapping => ({ signal, source: 'laboratory' });

/**
 * The 37 series. Magnesium is documented as mmol/L but its values (median 2.0) are mg/dL, and are read as such. Haemoglobin is not
 * recorded: a third of the haematocrit stands for it. No monitor's SpO2 is recorded: the saturation of the blood gas
 * stands for it. Both are marked `derived`.
 */
export const PARAMETERS: Readonly<Record<string, ParameterMapping>> = {
  ALP: laboratory('alp'),
  ALT: laboratory('alt'),
  AST: laboratory('ast'),
  Albumin: laboratory('albumin'),
  BUN: laboratory('urea-nitrogen'),
  Bilirubin: laboratory('bilirubin'),
  Cholesterol: laboratory('cholesterol'),
  Creatinine: laboratory('creatinine'),
  DiasABP: { signal: 'diastolic-pressure', source: 'arterial-line' },
  FiO2: { signal: 'fio2', source: 'device', unit: '1' },
  GCS: { signal: 'glasgow-coma-scale', source: 'manual' },
  Glucose: laboratory('glucose'),
  HCO3: laboratory('bicarbonate'),
  HCT: { ...laboratory('haematocrit'), derived: { signal: 'haemoglobin', factor: 1 / 3 } },
  HR: { signal: 'heart-rate', source: 'monitor' },
  K: laboratory('potassium'),
  Lactate: laboratory('lactate'),
  MAP: { signal: 'mean-arterial-pressure', source: 'arterial-line' },
  MechVent: { signal: 'mechanical-ventilation', source: 'device' },
  Mg: { ...laboratory('magnesium'), unit: 'mg/dL' },
  NIDiasABP: { signal: 'diastolic-pressure', source: 'cuff' },
  NIMAP: { signal: 'mean-arterial-pressure', source: 'cuff' },
  NISysABP: { signal: 'systolic-pressure', source: 'cuff' },
  Na: laboratory('sodium'),
  PaCO2: laboratory('paco2'),
  PaO2: laboratory('pao2'),
  Platelets: laboratory('platelets'),
  RespRate: { signal: 'respiratory-rate', source: 'monitor' },
  SaO2: { ...laboratory('sao2'), derived: { signal: 'spo2', factor: 1 } },
  SysABP: { signal: 'systolic-pressure', source: 'arterial-line' },
  Temp: { signal: 'temperature', source: 'manual' },
  TroponinI: laboratory('troponin-i'),
  TroponinT: laboratory('troponin-t'),
  Urine: { signal: 'urine-output', source: 'manual' },
  WBC: laboratory('white-cells'),
  Weight: { signal: 'weight', source: 'manual' },
  pH: laboratory('arterial-ph'),
};
