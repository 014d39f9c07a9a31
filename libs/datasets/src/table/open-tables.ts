import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { quoted } from '../duckdb/quoted.js';
import type { StagingArea } from '../duckdb/staging-area.js';
import { openCsv, tableFileName, type TableFile } from '../duckdb/table-file.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import type { ReadContext } from '../read-context.js';
import { OBSERVATION_COLUMNS, STAY_COLUMNS, TIME_COLUMNS } from './table-columns.js';

const EXPECTED: FolderExpectation = {
  dataset: 'table',
  lookedFor: 'stays and observations, each as .csv, .csv.gz or .parquet',
  downloadFrom: 'wherever your data lie (libs/datasets/README.md describes the columns)',
};
const TAKE = 'the columns that libs/datasets/README.md describes';
const REQUIRED_OF_STAYS = Object.entries(STAY_COLUMNS).flatMap(([name, column]) =>
  'required' in column ? [name] : [],
);

/** The two tables of the layout. */
export interface StayTables {
  readonly stays: TableFile;
  readonly observations: TableFile;
}

/** Opens both tables. Rejects with a sentence that names file, column and what was expected. */
export async function openTables(area: StagingArea, { path, parts }: ReadContext): Promise<StayTables> {
  const names = await listFolder(path, EXPECTED);
  if (parts !== undefined) throw new DatasetError('table has no parts: leave the part out.');
  const open = (table: string, columns: readonly string[]) => openOne(area, path, names, table, columns);
  const stays = await open('stays', REQUIRED_OF_STAYS);
  const observations = await open('observations', OBSERVATION_COLUMNS);
  if (timeColumn(stays, 'ended') === undefined) throw lacksTime(stays, 'ended');
  if (timeColumn(observations, 'effective') === undefined) throw lacksTime(observations, 'effective');
  const moments = [
    timeColumn(stays, 'ended'),
    ...(['effective', 'available'] as const).map((time) => timeColumn(observations, time)),
  ];
  const moment = moments.find((column) => column?.endsWith('_at'));
  if (moment !== undefined && !stays.columns.has('admitted_at')) {
    throw new DatasetError(
      `${stays.path} lacks the column admitted_at, from which ${moment} counts. Add it, or give hours since admission instead.`,
    );
  }
  return { stays, observations };
}

/** The column that says a time: hours since admission before moments; undefined when neither is there. */
export function timeColumn({ columns }: TableFile, time: keyof typeof TIME_COLUMNS): string | undefined {
  return TIME_COLUMNS[time].find((column) => columns.has(column));
}

function lacksTime({ path }: TableFile, time: keyof typeof TIME_COLUMNS): DatasetError {
  const [hours, moment] = TIME_COLUMNS[time];
  return new DatasetError(
    `${path} lacks the columns ${hours} and ${moment}; expected one of them: hours since admission, or a moment such as 2026-03-01 08:00:00.`,
  );
}

async function openOne(
  area: StagingArea,
  folder: string,
  names: readonly string[],
  table: string,
  columns: readonly string[],
): Promise<TableFile> {
  const csv = tableFileName(names, table);
  const parquet = names.find((name) => name.toLowerCase() === `${table}.parquet`);
  if (csv !== undefined) return openCsv(folder, csv, columns, TAKE);
  if (parquet === undefined) throw foreignFolder(folder, names, EXPECTED);
  const path = join(folder, parquet);
  const described = await area.rows(`DESCRIBE SELECT * FROM read_parquet(${quoted(path)})`);
  const found = described.map(([name]) => String(name).toLowerCase());
  const missing = columns.filter((column) => !found.includes(column));
  if (missing.length > 0) {
    throw new DatasetError(
      `${path} lacks the columns ${missing.join(', ')}; found ${found.slice(0, 6).join(', ')}. Take ${TAKE}.`,
    );
  }
  const sql = `(SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(${quoted(path)}))`;
  return { path, columns: new Set(found), sql, verify: () => Promise.resolve() };
}
