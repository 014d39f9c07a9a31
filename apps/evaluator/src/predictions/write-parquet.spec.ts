import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { writeParquet } from './write-parquet.js';

describe('writeParquet', () => {
  it('writes rows that DuckDB reads back, in order, with their types and gaps', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "deep/it's.parquet");
    await writeParquet(
      path,
      [
        { name: 'stay', type: 'text' },
        { name: 'hours', type: 'whole' },
        { name: 'risk', type: 'number' },
      ],
      [
        ['s-1', 24, 0.125],
        ['s-2', 48, undefined],
      ],
    );
    expect(await readdir(join(folder.path, 'deep'))).toEqual(["it's.parquet"]);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const found = await connection.runAndReadAll(`SELECT * FROM '${path.replaceAll("'", "''")}'`);
    expect(found.getRows()).toEqual([
      ['s-1', 24, 0.125],
      ['s-2', 48, null],
    ]);
    expect(found.columnTypes().map(String)).toEqual(['VARCHAR', 'INTEGER', 'DOUBLE']);
    connection.closeSync();
  });
});
