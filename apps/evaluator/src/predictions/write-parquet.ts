import { DuckDBInstance, DuckDBTypeId, DOUBLE, INTEGER, VARCHAR, type DuckDBType } from '@duckdb/node-api';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: 'text' | 'whole' | 'number';
}

/** Values of a row, one a column; undefined is NULL. */
export type ParquetRow = readonly (string | number | undefined)[];

const TYPES: Readonly<Record<ParquetColumn['type'], { readonly sql: string; readonly duckdb: DuckDBType }>> = {
  text: { sql: 'VARCHAR', duckdb: VARCHAR },
  whole: { sql: 'INTEGER', duckdb: INTEGER },
  number: { sql: 'DOUBLE', duckdb: DOUBLE },
};

/**
 * Writes rows as a Parquet file (Zstandard), beside its place first.
 *
 * Rows may come from a generator: they go through DuckDB in blocks and are not gathered here.
 */
export async function writeParquet(
  path: string,
  columns: readonly ParquetColumn[],
  rows: Iterable<ParquetRow>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run(
      `CREATE TABLE rows (${columns.map(({ name, type }) => `"${name}" ${TYPES[type].sql}`).join(', ')})`,
    );
    const appender = await connection.createAppender('rows');
    for (const row of rows) {
      row.forEach((value, at) => {
        const type = TYPES[columns[at]!.type].duckdb;
        if (value === undefined) appender.appendNull();
        else if (type.typeId === DuckDBTypeId.VARCHAR) appender.appendVarchar(String(value));
        else if (type.typeId === DuckDBTypeId.INTEGER) appender.appendInteger(Number(value));
        else appender.appendDouble(Number(value));
      });
      appender.endRow();
    }
    appender.closeSync();
    await connection.run(
      `COPY rows TO '${`${path}.partial`.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  await rename(`${path}.partial`, path);
}
