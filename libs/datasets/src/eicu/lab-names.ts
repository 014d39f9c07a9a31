import type { ObservationSource, SignalId } from '#clinical';

/** How a laboratory name of eICU becomes an observation. */
export interface LabMapping {
  readonly signal: SignalId;
  readonly source: ObservationSource;
  /** Unit where the row does not say one, UCUM. */
  readonly unit: string;
  /** Signal whose delay it has, when not its own. */
  readonly delayOf?: SignalId;
}

const laboratory = (signal: SignalId, unit: string): LabMapping => ({ signal, source: 'laboratory', unit });

/** Laboratory names of eICU-CRD (`labname`) that the catalogue knows. A bedside glucose is seen at once, like a blood gas. */
export const LAB_NAMES: Readonly<Record<string, LabMapping>> = {
  BUN: laboratory('urea-nitrogen', 'mg/dL'),
  Hgb: laboratory('haemoglobin', 'g/dL'),
  Hct: laboratory('haematocrit', '%'),
  'WBC x 1000': laboratory('white-cells', '10*3/uL'),
  'platelets x 1000': laboratory('platelets', '10*3/uL'),
  creatinine: laboratory('creatinine', 'mg/dL'),
  glucose: laboratory('glucose', 'mg/dL'),
  'bedside glucose': { signal: 'glucose', source: 'device', unit: 'mg/dL', delayOf: 'pao2' },
  lactate: laboratory('lactate', 'mmol/L'),
  potassium: laboratory('potassium', 'mmol/L'),
  sodium: laboratory('sodium', 'mmol/L'),
  bicarbonate: laboratory('bicarbonate', 'mmol/L'),
  albumin: laboratory('albumin', 'g/dL'),
  'total bilirubin': laboratory('bilirubin', 'mg/dL'),
  'ALT (SGPT)': laboratory('alt', 'U/L'),
  'AST (SGOT)': laboratory('ast', 'U/L'),
  'alkaline phos.': laboratory('alp', 'U/L'),
  magnesium: laboratory('magnesium', 'mg/dL'),
  'total cholesterol': laboratory('cholesterol', 'mg/dL'),
  'troponin - I': laboratory('troponin-i', 'ng/mL'),
  'troponin - T': laboratory('troponin-t', 'ng/mL'),
  pH: laboratory('arterial-ph', '[pH]'),
  paO2: laboratory('pao2', 'mm[Hg]'),
  paCO2: laboratory('paco2', 'mm[Hg]'),
  'O2 Sat (%)': laboratory('sao2', '%'),
  FiO2: { signal: 'fio2', source: 'laboratory', unit: '%', delayOf: 'pao2' },
};
