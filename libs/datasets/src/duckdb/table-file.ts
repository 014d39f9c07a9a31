import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { DatasetError } from '../dataset-error.js';
import { quoted } from './quoted.js';

/** A table of a data set as DuckDB reads it. */
export interface TableFile {
  readonly path: string;
  /** Names of its columns, in lower case. */
  readonly columns: ReadonlySet<string>;
  /** To stand behind FROM; every cell of a CSV file is text, null where it is empty. */
  readonly sql: string;
  /** Rejects when the file is cut off or damaged, which DuckDB passes over in silence. */
  verify(): Promise<void>;
}

/** The name among `names` of a table's file, `table.csv` or `table.csv.gz` in any case, or undefined. */
export function tableFileName(names: readonly string[], table: string): string | undefined {
  const wanted = [`${table}.csv`, `${table}.csv.gz`].map((name) => name.toLowerCase());
  return names.find((name) => wanted.includes(name.toLowerCase()));
}

/**
 * Opens a CSV file (plain or gzip) whose header stands in upper or lower case.
 *
 * Rows with more or fewer cells than the header go to DuckDB's table `rejects`.
 * @param columns that must be there
 * @param take what the file ought to be, for the sentence that says that a column is missing
 */
export async function openCsv(
  folder: string,
  name: string,
  columns: readonly string[],
  take: string,
): Promise<TableFile> {
  const path = join(folder, name);
  const header = await headerOf(path);
  if (header === undefined) throw new DatasetError(`${path} is empty; expected a header with ${columns.join(', ')}.`);
  const found = header.map((column) => column.trim().toLowerCase());
  const missing = columns.filter((column) => !found.includes(column));
  if (missing.length > 0) {
    throw new DatasetError(
      `${path} lacks the columns ${missing.join(', ')}; found ${found.slice(0, 6).join(', ')}. Take ${take}.`,
    );
  }
  const types = found.map((column) => `${quoted(column)}: 'VARCHAR'`).join(', ');
  const sql =
    `read_csv(${quoted(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ` +
    `columns = {${types}}, store_rejects = true, rejects_table = 'rejects', rejects_scan = 'reject_scans')`;
  return { path, columns: new Set(found), sql, verify: () => verifyGzip(path) };
}

async function headerOf(path: string): Promise<readonly string[] | undefined> {
  const file = createReadStream(path);
  const rows = parse({ bom: true, relax_column_count: true, to_line: 1 });
  const done = path.endsWith('.gz') ? pipeline(file, createGunzip(), rows) : pipeline(file, rows);
  done.catch(() => undefined);
  try {
    for await (const cells of rows) return cells as string[];
    return undefined;
  } catch (error) {
    throw damaged(path, error);
  } finally {
    rows.destroy();
    file.destroy();
  }
}

/** Unpacks the file once for its checksum and length; beside DuckDB's own reading this costs hardly any time. */
async function verifyGzip(path: string): Promise<void> {
  if (!path.endsWith('.gz')) return;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere);
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, error: unknown): DatasetError {
  return new DatasetError(`${path} cannot be read (${(error as Error).message}): it is damaged. Download it again.`);
}
