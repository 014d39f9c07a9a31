import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { DatasetError } from '../dataset-error.js';

/** A row by lower-case column name; every asked-for column is there, as text. */
export type TableRow<Column extends string> = Readonly<Record<Column, string>>;

/**
 * Rows of `name.csv` or `name.csv.gz` in a folder, streaming.
 *
 * Rejects with a sentence when a column is missing or the file is damaged. A row with too few cells has empty texts for the rest.
 * @param names what the folder holds
 */
export async function* readTable<Column extends string>(
  folder: string,
  names: readonly string[],
  table: string,
  columns: readonly Column[],
): AsyncGenerator<TableRow<Column>> {
  const fileName = tableFile(names, table);
  if (fileName === undefined)
    throw new DatasetError(`eicu-demo: there is no ${table}.csv or ${table}.csv.gz in "${folder}".`);
  const path = join(folder, fileName);
  const file = createReadStream(path);
  const rows = parse({ bom: true, relax_column_count: true, skip_empty_lines: true });
  const whenDone = (): undefined => undefined;
  if (fileName.endsWith('.gz')) pipeline(file, createGunzip(), rows, whenDone);
  else pipeline(file, rows, whenDone);
  try {
    yield* namedRows(rows, path, columns);
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError(`${path} cannot be read (${(error as Error).message}): it is damaged. Download it again.`);
  } finally {
    rows.destroy();
    file.destroy();
  }
}

/** The file of a table among a folder's names, or undefined. */
export function tableFile(names: readonly string[], table: string): string | undefined {
  return [`${table}.csv`, `${table}.csv.gz`].find((name) => names.includes(name));
}

async function* namedRows<Column extends string>(
  rows: AsyncIterable<string[]>,
  path: string,
  columns: readonly Column[],
): AsyncGenerator<TableRow<Column>> {
  let positions: readonly number[] | undefined;
  for await (const cells of rows) {
    if (positions === undefined) {
      positions = positionsOf(cells, path, columns);
      continue;
    }
    const row = {} as Record<Column, string>;
    columns.forEach((column, index) => (row[column] = cells[positions![index]!] ?? ''));
    yield row;
  }
  if (positions === undefined)
    throw new DatasetError(`${path} is empty; expected a header with ${columns.join(', ')}.`);
}

function positionsOf(header: readonly string[], path: string, columns: readonly string[]): readonly number[] {
  const found = header.map((name) => name.trim().toLowerCase());
  const missing = columns.filter((column) => !found.includes(column));
  if (missing.length === 0) return columns.map((column) => found.indexOf(column));
  throw new DatasetError(
    `${path} lacks the columns ${missing.join(', ')}; found ${found.slice(0, 6).join(', ')}. Take the file of eICU-CRD demo 2.0.1.`,
  );
}
