import type { ReadReport } from '../read-report.js';
import { LAB_NAMES, labUnit, type LabMapping } from './lab-names.js';
import { StayValues } from './stay-values.js';
import { readTable } from './table.js';
import type { VitalColumn } from './vital-columns.js';

/** Where the tables lie, whose stays count, and where skipped rows are counted. */
export interface TableContext {
  readonly folder: string;
  readonly names: readonly string[];
  readonly stayIds: Iterable<string>;
  readonly report: ReadReport;
}

/** A laboratory series: a mapping and the unit of its rows. */
export interface LabSeries extends LabMapping {
  readonly rowUnit: string;
}

/** The values of a vital-sign table; `series` is the column's index. Empty cells are no values. */
export async function readVitals(
  table: string,
  columns: readonly VitalColumn[],
  { folder, names, stayIds, report }: TableContext,
): Promise<StayValues> {
  const values = new StayValues(table, stayIds);
  const asked = ['patientunitstayid', 'observationoffset', ...columns.map(({ column }) => column)];
  for await (const row of readTable(folder, names, table, asked)) {
    const offsetMinutes = numberOf(row['observationoffset']);
    if (Number.isNaN(offsetMinutes)) {
      report.skipValue('malformed-row', table);
      continue;
    }
    columns.forEach(({ column }, series) => {
      const text = row[column]!.trim();
      if (text === '') return;
      const value = numberOf(text);
      if (Number.isNaN(value)) return report.skipValue('malformed-row', column);
      const known = values.add(row['patientunitstayid']!, { series, value, offsetMinutes, revisedMinutes: Number.NaN });
      if (!known) report.skipValue('stay-unknown', table);
    });
  }
  return values;
}

/** The values of the laboratory table and what their `series` mean. */
export async function readLabs({
  folder,
  names,
  stayIds,
  report,
}: TableContext): Promise<{ readonly values: StayValues; readonly series: readonly LabSeries[] }> {
  const values = new StayValues('lab', stayIds);
  const series = new LabSeriesIndex();
  const asked = [
    'patientunitstayid',
    'labresultoffset',
    'labname',
    'labresult',
    'labmeasurenamesystem',
    'labresultrevisedoffset',
  ] as const;
  for await (const row of readTable(folder, names, 'lab', asked)) {
    if (row.labname.trim() === '') {
      report.skipValue('empty-parameter-name');
      continue;
    }
    const index = series.of(row.labname, row.labmeasurenamesystem);
    const value = numberOf(row.labresult);
    const offsetMinutes = numberOf(row.labresultoffset);
    if (index === undefined) report.skipValue('unknown-parameter', row.labname);
    else if (row.labresult.trim() === '') report.skipValue('unknown-value', row.labname);
    else if (Number.isNaN(value) || Number.isNaN(offsetMinutes)) report.skipValue('malformed-row', row.labname);
    else {
      const revisedMinutes = numberOf(row.labresultrevisedoffset);
      const known = values.add(row.patientunitstayid, { series: index, value, offsetMinutes, revisedMinutes });
      if (!known) report.skipValue('stay-unknown', 'lab');
    }
  }
  return { values, series: series.all };
}

/** Numbers the pairs of laboratory name and unit. */
class LabSeriesIndex {
  readonly all: LabSeries[] = [];
  readonly #indexOf = new Map<string, number>();

  of(name: string, unitText: string): number | undefined {
    const mapping = Object.hasOwn(LAB_NAMES, name) ? LAB_NAMES[name] : undefined;
    if (mapping === undefined) return undefined;
    const key = `${name}|${unitText}`;
    const known = this.#indexOf.get(key);
    if (known !== undefined) return known;
    this.all.push({ ...mapping, rowUnit: labUnit(unitText, mapping) });
    this.#indexOf.set(key, this.all.length - 1);
    return this.all.length - 1;
  }
}

/** A number, or NaN for what is none (an empty text is none). */
function numberOf(text: string | undefined): number {
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}
