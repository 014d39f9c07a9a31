import { DuckDBInstance, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api';
import { join } from 'node:path';
import type { MonthRewrite, StoredStay } from './write-month.js';

const STAY_COLUMNS = [
  ['stay_id', 'VARCHAR'],
  ['site', 'VARCHAR'],
  ['ward', 'VARCHAR'],
  ['bed', 'VARCHAR'],
  ['age_years', 'DOUBLE'],
  ['sex', 'VARCHAR'],
  ['ethnicity', 'VARCHAR'],
  ['height_cm', 'DOUBLE'],
  ['weight_kg', 'DOUBLE'],
  ['unit_type', 'VARCHAR'],
  ['admitted_at_ms', 'BIGINT'],
  ['ended_at_ms', 'BIGINT'],
  ['outcome', 'VARCHAR'],
  ['outcome_known_at_ms', 'BIGINT'],
  ['disposition', 'VARCHAR'],
  ['prior_stay_ids', 'VARCHAR'],
  ['omitted_days', 'INTEGER'],
  ['record_digest', 'VARCHAR'],
] as const;

const OBSERVATION_COLUMNS = [
  ['stay_id', 'VARCHAR'],
  ['position', 'INTEGER'],
  ['signal', 'VARCHAR'],
  ['value', 'FLOAT'],
  ['effective_at_ms', 'BIGINT'],
  ['available_at_ms', 'BIGINT'],
  ['source', 'VARCHAR'],
] as const;

type Columns = readonly (readonly [name: string, type: 'VARCHAR' | 'DOUBLE' | 'FLOAT' | 'INTEGER' | 'BIGINT'])[];
type Cell = string | number | undefined;

/** Counts of a month. */
export interface MonthCounts {
  readonly stays: number;
  readonly deaths: number;
  readonly unknown: number;
  readonly observations: number;
}

/** What is remembered of a stay of the set. */
export interface IndexRow {
  readonly stayId: string;
  readonly recordDigest: string;
}

/**
 * The tables of a month as DuckDB reads and writes them: `stays` and `observations`, both sorted by stay, joined by `number` (the stay's place in the
 * month) and by `stay_id`. The one place of this room that names DuckDB.
 */
export class MonthTables {
  private constructor(private readonly connection: DuckDBConnection) {}

  /** Writes both tables of a month into a folder. One thread, so that equal content gives equal bytes. */
  static write(into: string, rewrite: MonthRewrite): Promise<MonthCounts> {
    return MonthTables.with(into, (tables) => tables.rewrite(into, rewrite));
  }

  /** The stays of a month. */
  static index(monthFolder: string): Promise<IndexRow[]> {
    return MonthTables.with(monthFolder, async ({ connection }) => {
      const sql = `SELECT stay_id, record_digest FROM ${parquet(monthFolder, 'stays')} ORDER BY number`;
      const rows = (await connection.runAndReadAll(sql)).getRows() as [string, string][];
      return rows.map(([stayId, recordDigest]) => ({ stayId, recordDigest }));
    });
  }

  private static async with<Result>(folder: string, use: (tables: MonthTables) => Promise<Result>): Promise<Result> {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: '512MiB',
      temp_directory: join(folder, 'spill'),
      autoinstall_known_extensions: 'false',
    });
    const connection = await instance.connect();
    try {
      return await use(new MonthTables(connection));
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  private async rewrite(into: string, { before, incoming, leaving }: MonthRewrite): Promise<MonthCounts> {
    const { connection } = this;
    await this.createTable('stays', STAY_COLUMNS);
    await this.createTable('observations', OBSERVATION_COLUMNS);
    await connection.run('CREATE TABLE gone (stay_id VARCHAR)');
    if (before) {
      await this.append(
        'gone',
        [['stay_id', 'VARCHAR']],
        [...leaving, ...incoming.map(idOf)].map((id) => [id]),
      );
      await this.keep(before.folder, 'stays', STAY_COLUMNS);
      await this.keep(before.folder, 'observations', OBSERVATION_COLUMNS);
    }
    await this.append('stays', STAY_COLUMNS, incoming.map(stayCells));
    for (const stored of incoming) await this.append('observations', OBSERVATION_COLUMNS, observationCells(stored));
    await connection.run(
      'CREATE TABLE numbered AS SELECT (row_number() OVER (ORDER BY stay_id) - 1)::INTEGER AS number, stay_id FROM stays',
    );
    for (const [table, order] of [
      ['stays', 'number'],
      ['observations', 'number, position'],
    ] as const) {
      const rows = `SELECT number, ${table}.* FROM ${table} JOIN numbered USING (stay_id) ORDER BY ${order}`;
      await connection.run(
        `COPY (${rows}) TO ${quoted(join(into, `${table}.parquet`))} (FORMAT parquet, COMPRESSION zstd)`,
      );
    }
    return this.count();
  }

  private async createTable(name: string, columns: Columns): Promise<void> {
    await this.connection.run(`CREATE TABLE ${name} (${columns.map((column) => column.join(' ')).join(', ')})`);
  }

  /** Takes over the rows of the stays that are neither replaced nor leave. */
  private async keep(folder: string, table: string, columns: Columns): Promise<void> {
    const names = columns.map(([name]) => name).join(', ');
    await this.connection.run(
      `INSERT INTO ${table} SELECT ${names} FROM ${parquet(folder, table)} WHERE stay_id NOT IN (SELECT stay_id FROM gone)`,
    );
  }

  private async append(table: string, columns: Columns, rows: Iterable<readonly Cell[]>): Promise<void> {
    const appender = await this.connection.createAppender(table);
    for (const row of rows) {
      columns.forEach(([, type], at) => appendCell(appender, type, row[at]));
      appender.endRow();
    }
    appender.closeSync();
  }

  private async count(): Promise<MonthCounts> {
    const sql =
      "SELECT count(*)::INTEGER, count(*) FILTER (outcome = 'died')::INTEGER, count(*) FILTER (outcome IS NULL)::INTEGER, " +
      '(SELECT count(*) FROM observations)::INTEGER FROM stays';
    const [row] = (await this.connection.runAndReadAll(sql)).getRows() as [number, number, number, number][];
    const [stays, deaths, unknown, observations] = row!;
    return { stays, deaths, unknown, observations };
  }
}

function appendCell(appender: DuckDBAppender, type: Columns[number][1], cell: Cell): void {
  if (cell === undefined) appender.appendNull();
  else if (type === 'VARCHAR') appender.appendVarchar(String(cell));
  else if (type === 'INTEGER') appender.appendInteger(Number(cell));
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(cell));
  else if (type === 'FLOAT') appender.appendFloat(Number(cell));
  else appender.appendDouble(Number(cell));
}

function idOf({ stay }: StoredStay): string {
  return stay.stayId;
}

function stayCells({ stay, recordDigest }: StoredStay): readonly Cell[] {
  const { ageYears, sex, ethnicity, heightCm, weightKg, unitType } = stay.static;
  const outcome = stay.outcome === 'unknown' ? undefined : stay.outcome;
  return [
    ...[stay.stayId, stay.site, stay.ward, stay.bed],
    ...[ageYears, sex, ethnicity, heightCm, weightKg, unitType],
    ...[stay.admittedAtMs, stay.endedAtMs, outcome, stay.outcomeKnownAtMs, stay.disposition],
    ...[JSON.stringify(stay.priorStayIds), stay.omittedDays, recordDigest],
  ];
}

function* observationCells({ stay, observations }: StoredStay): Iterable<readonly Cell[]> {
  for (const [position, { signal, value, effectiveAtMs, availableAtMs, source }] of observations.entries()) {
    yield [stay.stayId, position, signal, value, effectiveAtMs, availableAtMs, source];
  }
}

function parquet(folder: string, table: string): string {
  return `read_parquet(${quoted(join(folder, `${table}.parquet`))})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
