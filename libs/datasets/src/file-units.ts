/** How laboratory files write units, in lower case, and the UCUM unit that is meant. MIMIC writes the pH in `units`. */
const UNITS: Readonly<Record<string, string>> = {
  'mg/dl': 'mg/dL',
  'g/dl': 'g/dL',
  'mmol/l': 'mmol/L',
  'meq/l': 'meq/L',
  'umol/l': 'umol/L',
  'k/mcl': '10*3/uL',
  'k/ul': '10*3/uL',
  '%': '%',
  'mm hg': 'mm[Hg]',
  mmhg: 'mm[Hg]',
  'u/l': 'U/L',
  'units/l': 'U/L',
  'iu/l': '[iU]/L',
  'ng/ml': 'ng/mL',
  'mcg/l': 'ug/L',
  'ug/l': 'ug/L',
  units: '[pH]',
};

/**
 * The UCUM unit of a row's text.
 * @param fallback the unit where the row says none
 * @returns what is not known as it stands, so that it ends as `unit-unknown`
 */
export function unitOf(text: string | null, fallback: string): string {
  const trimmed = (text ?? '').trim();
  return trimmed === '' ? fallback : (UNITS[trimmed.toLowerCase()] ?? trimmed);
}
