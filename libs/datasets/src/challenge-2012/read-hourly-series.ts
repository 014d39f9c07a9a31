import type { StayStatic } from '#clinical';
import { ReadReport } from '../read-report.js';
import type { RecordOutcome } from './outcomes.js';
import { staticOf } from './parse-record.js';
import { recordsOfSets } from './read-challenge-2012.js';

/** Hours of a record. */
export const SERIES_HOURS = 48;

/**
 * The 35 series of Challenge 2012 that published imputations are measured on, by the names of the files: the 37 without weight and
 * mechanical ventilation, in the order of CSDI's own code (Tashiro et al. 2021). Arterial and cuff pressures are series of their own.
 */
export const PUBLISHED_SERIES = [
  'DiasABP',
  'HR',
  'Na',
  'Lactate',
  'NIDiasABP',
  'PaO2',
  'WBC',
  'pH',
  'Albumin',
  'ALT',
  'Glucose',
  'SaO2',
  'Temp',
  'AST',
  'Bilirubin',
  'HCO3',
  'BUN',
  'RespRate',
  'Mg',
  'HCT',
  'SysABP',
  'FiO2',
  'K',
  'GCS',
  'Cholesterol',
  'NISysABP',
  'TroponinT',
  'MAP',
  'TroponinI',
  'PaCO2',
  'Platelets',
  'Urine',
  'NIMAP',
  'Creatinine',
  'ALP',
] as const;

const ROW_OF: ReadonlyMap<string, number> = new Map(PUBLISHED_SERIES.map((name, row) => [name, row]));
const ROW = /^((\d{2}):\d{2}),([^,]+),([^,]+)$/;
const DESCRIPTORS: ReadonlySet<string> = new Set(['Age', 'Gender', 'Height', 'ICUType', 'Weight']);

/** A record by the hour, untouched: impossible values stand as they were written. */
export interface HourlySeries extends RecordOutcome {
  readonly recordId: string;
  readonly static: StayStatic;
  /** [series, hour] in the units of the files: the last value of each hour, NaN where there is none. */
  readonly values: Float32Array;
}

/**
 * The records of one set of Challenge 2012 as published imputations read them, for figures that are to stand beside theirs; what is
 * served reads {@link readDataset}, which refuses impossible values and knows when a result was available.
 *
 * Records without any value in the 35 series are left out, as the published code leaves them out. Values at 48:00 fall outside of the grid.
 *
 * @throws DatasetError when the path is missing or foreign, or the set is not there
 */
export async function* readHourlySeries(path: string, set: string): AsyncGenerator<HourlySeries> {
  for await (const { recordId, text, known } of recordsOfSets({ path, parts: [set] })) {
    const record = parseHourlySeries(text);
    if (record.values.some((value) => !Number.isNaN(value))) yield { ...record, ...known, recordId };
  }
}

/** The text of a record's file as rows of hours. */
export function parseHourlySeries(text: string): Pick<HourlySeries, 'static' | 'values'> {
  const values = new Float32Array(PUBLISHED_SERIES.length * SERIES_HOURS).fill(Number.NaN);
  const descriptors = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, time, hour, name = '', value] = ROW.exec(line.trim()) ?? [];
    if (time === '00:00' && DESCRIPTORS.has(name) && !descriptors.has(name)) descriptors.set(name, value!);
    const row = ROW_OF.get(name);
    if (row === undefined || Number(hour) >= SERIES_HOURS || !Number.isFinite(Number(value))) continue;
    values[row * SERIES_HOURS + Number(hour)] = Number(value);
  }
  return { static: staticOf(descriptors, new ReadReport()), values };
}
