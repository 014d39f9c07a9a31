import type { StagingArea } from '../duckdb/staging-area.js';
import type { StayRows } from '../duckdb/stay-rows.js';
import { quoted } from '../duckdb/quoted.js';
import { stageTable } from '../duckdb/stage-table.js';
import type { TableFile } from '../duckdb/table-file.js';
import type { ReadReport, ValueSkip } from '../read-report.js';
import { LAB_NAMES } from './lab-names.js';
import type { VitalColumn } from './vital-columns.js';

/** A staged table: rows by stay, and whether all of them stand at full hours. */
export interface StagedTable {
  readonly rows: StayRows;
  /** Then the table was summed up by the hour, and a row speaks of the hour that follows it. */
  readonly isHourly: boolean;
}

/** The names in {@link LAB_NAMES}; a staged laboratory row holds the index of its name. */
export const LAB_SERIES = Object.keys(LAB_NAMES);

const number = (cell: string): string => `coalesce(TRY_CAST(${cell} AS DOUBLE), 'NaN'::DOUBLE)`;
/** A cell's number, null when it is empty, NaN when it is none. */
const cellNumber = (cell: string): string => `CASE WHEN trim(${cell}) <> '' THEN ${number(cell)} END`;

/**
 * Stages a vital-sign table as rows of stay, offset in minutes and one number a column (null: empty; NaN: no number).
 *
 * Needs the table `stays` (id, ordinal), whose ordinal is negative for stays that are left out.
 */
export async function stageVitals(
  area: StagingArea,
  file: TableFile,
  table: string,
  columns: readonly VitalColumn[],
  report: ReadReport,
): Promise<StagedTable> {
  const names = columns.map(({ column }) => column);
  const cells = names.map((name) => `${cellNumber(`v.${name}`)} AS ${name}`).join(', ');
  await stageTable(
    area,
    file,
    `CREATE TABLE ${table} AS SELECT s.ordinal AS stay, ${number('v.observationoffset')} AS minute, ${cells}
     FROM ${file.sql} v LEFT JOIN stays s ON s.id = v.patientunitstayid`,
    report,
  );
  const values = names.map((name) => `(${name} IS NOT NULL AND NOT isnan(${name}))::INTEGER`).join(' + ');
  const counts = await area.rows(
    `SELECT count_if(isnan(minute))::DOUBLE, coalesce(sum(CASE WHEN NOT isnan(minute) AND stay IS NULL THEN ${values} END), 0)::DOUBLE,
       coalesce(bool_and(minute % 60 = 0) FILTER (WHERE NOT isnan(minute) AND stay IS NOT NULL AND ${values} > 0), true)::INTEGER
     FROM ${table}`,
  );
  const [malformed, unknown, isHourly] = counts[0] as [number, number, number];
  report.skipValue('malformed-row', table, malformed);
  report.skipValue('stay-unknown', table, unknown);
  const rows = await area.byStay(
    `SELECT stay, minute, ${names.join(', ')} FROM ${table} WHERE stay >= 0 AND NOT isnan(minute) ORDER BY stay`,
  );
  return { rows, isHourly: isHourly === 1 };
}

/** Stages the laboratory table as rows of stay, offset, index into {@link LAB_SERIES}, value, unit and revised offset (null: none). */
export async function stageLabs(area: StagingArea, file: TableFile, report: ReadReport): Promise<StagedTable> {
  await area.run(
    `CREATE TABLE lab_names AS SELECT * FROM (VALUES ${LAB_SERIES.map((name, index) => `(${quoted(name)}, ${index}::INTEGER)`).join(', ')}) n(name, series)`,
  );
  await stageTable(
    area,
    file,
    `CREATE TABLE lab AS SELECT s.ordinal AS stay, TRY_CAST(l.labresultoffset AS DOUBLE) AS minute, n.series AS series,
       TRY_CAST(l.labresult AS DOUBLE) AS value, l.labmeasurenamesystem AS unit, TRY_CAST(l.labresultrevisedoffset AS DOUBLE) AS revised,
       CASE WHEN trim(coalesce(l.labname, '')) = '' THEN 'empty-parameter-name'
         WHEN n.series IS NULL THEN 'unknown-parameter'
         WHEN trim(coalesce(l.labresult, '')) = '' THEN 'unknown-value'
         WHEN value IS NULL OR minute IS NULL THEN 'malformed-row'
         WHEN s.ordinal IS NULL THEN 'stay-unknown' END AS skip,
       CASE WHEN skip = 'stay-unknown' THEN 'lab' WHEN skip IS NOT NULL THEN l.labname END AS skip_name
     FROM ${file.sql} l LEFT JOIN stays s ON s.id = l.patientunitstayid LEFT JOIN lab_names n ON n.name = l.labname`,
    report,
  );
  const skips = await area.rows(
    'SELECT skip, skip_name, count(*)::DOUBLE FROM lab WHERE skip IS NOT NULL GROUP BY ALL ORDER BY ALL',
  );
  for (const [reason, name, times] of skips) {
    report.skipValue(reason as ValueSkip, (name as string | null) ?? undefined, times as number);
  }
  const [[isHourly] = []] = await area.rows(
    'SELECT coalesce(bool_and(minute % 60 = 0), true)::INTEGER FROM lab WHERE skip IS NULL',
  );
  const rows = await area.byStay(
    'SELECT stay, minute, series, value, unit, revised FROM lab WHERE skip IS NULL AND stay >= 0 ORDER BY stay',
  );
  return { rows, isHourly: isHourly === 1 };
}
