import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { DatasetError } from '../dataset-error.js';
import { makeStagingFolder } from './staging-folder.js';
import { StayRows, type Cell } from './stay-rows.js';

/** More threads would each want their share of the memory. */
const MAX_THREADS = 4;

/**
 * A DuckDB database in a temporary folder in which tables that are not sorted by stay are put in order on disk.
 *
 * DuckDB keeps to its memory limit and writes the rest to the folder (under `TMPDIR`), which is deleted with the area: a whole MIMIC-IV or
 * eICU-CRD wants some tens of gigabytes there.
 */
export class StagingArea implements AsyncDisposable {
  readonly #folder: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #streams: DuckDBConnection[] = [];

  private constructor(folder: string, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#folder = folder;
    this.#instance = instance;
    this.#connection = connection;
  }

  /** @param memoryMb what DuckDB may hold at most; Node's own memory comes on top */
  static async open(memoryMb: number): Promise<StagingArea> {
    const folder = await makeStagingFolder();
    // Loaded only now: what replays recordings alone need not load a database.
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(join(folder, 'staging.duckdb'), {
      memory_limit: `${memoryMb}MiB`,
      temp_directory: join(folder, 'spill'),
      threads: String(Math.min(MAX_THREADS, cpus().length)),
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
    });
    const connection = await instance.connect();
    // DuckDB takes a large CSV file for a few dozen rows, and would build a join's table of it in memory: as written, it is the right side.
    await connection.run("SET disabled_optimizers = 'join_order,build_side_probe_side'");
    // A moment that says no zone is read as if all clocks stood at UTC, wherever the machine stands.
    await connection.run("SET TimeZone = 'UTC'");
    return new StagingArea(folder, instance, connection);
  }

  async run(sql: string): Promise<void> {
    await this.#guarded(() => this.#connection.run(sql));
  }

  /** All rows of a small result. Cast whole numbers to DOUBLE or INTEGER in the query: a BIGINT would arrive as one. */
  async rows(sql: string): Promise<readonly (readonly Cell[])[]> {
    const reader = await this.#guarded(() => this.#connection.runAndReadAll(sql));
    return reader.getRows() as Cell[][];
  }

  /** Appends rows to a table of INTEGER, DOUBLE and VARCHAR columns. */
  async append(table: string, rows: Iterable<readonly Cell[]>): Promise<void> {
    const appender = await this.#connection.createAppender(table);
    for (const row of rows) {
      row.forEach((cell, column) => appender.appendValue(cell, appender.columnType(column)));
      appender.endRow();
    }
    appender.closeSync();
  }

  /** Rows that the query puts in the order of their first column, the stay's number, read as they are asked for. */
  async byStay(sql: string): Promise<StayRows> {
    const connection = await this.#instance.connect();
    this.#streams.push(connection);
    const result = await this.#guarded(() => connection.stream(sql));
    return new StayRows(() => this.#guarded(() => result.fetchChunk()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of [...this.#streams, this.#connection]) connection.closeSync();
    this.#instance.closeSync();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #guarded<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      const { message } = error as Error;
      // A mistake in a query of ours is no fault of the data.
      if (/^(Parser|Binder|Catalog|INTERNAL) Error/.test(message)) throw error;
      const advice = /out of memory|no space|temporary/i.test(message)
        ? `Give TMPDIR a folder with more room, or the reading more memory (memoryMb).`
        : 'The file may be damaged: download it again.';
      throw new DatasetError(`the data set cannot be read: ${message.split('\n')[0]}. ${advice}`);
    }
  }
}
