import { InfluxDB } from 'influx';
import { checkPoint } from '../check-point.js';
import { HistoryError } from '../history-error.js';
import type { HistoryPoint } from '../history-point.js';
import type { HistoryQuery } from '../history-query.js';
import { HistoryStore } from '../history-store.js';
import { DEFAULT_RETENTION_MS } from '../retention.js';
import { parseInfluxUrl } from './influx-address.js';
import { isTooOldOnly, toHistoryError } from './influx-errors.js';
import { influxQl } from './influx-query.js';
import { INFLUX_SCHEMA, toHistoryPoint, toInfluxPoint, type InfluxRow } from './influx-schema.js';

/** Points of one request to write, as InfluxDB recommends. */
const WRITE_POINTS = 5_000;

/** Rows of one request to read. */
const PAGE_ROWS = 5_000;

const REQUEST_TIMEOUT_MS = 15_000;

/** Where InfluxDB is, and how long it keeps what. */
export interface InfluxHistoryStoreOptions {
  /** `http://user:password@host:port/database`. */
  readonly url: string;
  /**
   * Retention of a database that is created here; at least an hour. A database that exists keeps its own.
   * @default 30 days
   */
  readonly retentionMs?: number;
}

/** The past in InfluxDB, through its 1.x HTTP interface (which 2.x and 3 also offer). */
export class InfluxHistoryStore extends HistoryStore {
  private closed = false;

  private constructor(private readonly client: InfluxDB) {
    super();
  }

  /** Connects and creates the database when it is missing. */
  static async open({
    url,
    retentionMs = DEFAULT_RETENTION_MS,
  }: InfluxHistoryStoreOptions): Promise<InfluxHistoryStore> {
    const address = parseInfluxUrl(url);
    const client = new InfluxDB({
      ...address,
      schema: INFLUX_SCHEMA.map((schema) => ({ ...schema, database: address.database })),
      pool: { requestTimeout: REQUEST_TIMEOUT_MS },
    });
    try {
      const databases = await client.getDatabaseNames();
      if (!databases.includes(address.database)) {
        await client.createDatabase(address.database);
        const duration = `${Math.ceil(retentionMs / 1_000)}s`;
        await client.createRetentionPolicy('vigil', { duration, replication: 1, isDefault: true });
      }
    } catch (error) {
      throw toHistoryError(`InfluxDB at ${address.host}:${address.port} could not be opened`, error);
    }
    return new InfluxHistoryStore(client);
  }

  async write(points: readonly HistoryPoint[]): Promise<void> {
    this.assertOpen();
    points.forEach(checkPoint);
    for (let start = 0; start < points.length; start += WRITE_POINTS) {
      const part = points.slice(start, start + WRITE_POINTS).map(toInfluxPoint);
      try {
        await this.client.writePoints(part, { precision: 'n' });
      } catch (error) {
        if (!isTooOldOnly(error)) throw toHistoryError('InfluxDB did not take the points', error);
      }
    }
  }

  /** Reads page by page; the rows of a page's last time are left to the next, since more of that time may follow. */
  async *read(query: HistoryQuery): AsyncIterable<HistoryPoint> {
    this.assertOpen();
    if (query.signals?.length === 0) return;
    let limit = PAGE_ROWS;
    for (let fromMs = query.fromMs; fromMs < query.toMs;) {
      const rows = await this.rows(influxQl(query, fromMs, limit));
      const points = rows
        .map((row) => toHistoryPoint(query.kind, query.stayId, row))
        .filter((point) => point !== undefined);
      if (rows.length < limit) {
        yield* points;
        return;
      }
      const lastMs = timeOf(rows.at(-1)!);
      if (timeOf(rows[0]!) === lastMs) {
        limit *= 2;
        continue;
      }
      for (const point of points) if (point.atMs < lastMs) yield point;
      fromMs = lastMs;
      limit = PAGE_ROWS;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private assertOpen(): void {
    if (this.closed) throw new HistoryError('the history was closed', false);
  }

  private async rows(query: string): Promise<InfluxRow[]> {
    let answer: QueryAnswer;
    try {
      answer = (await this.client.queryRaw(query, { precision: 'ms' })) as QueryAnswer;
    } catch (error) {
      throw toHistoryError('InfluxDB did not answer the query', error);
    }
    const result = answer.results[0];
    if (result?.error !== undefined) throw new HistoryError(`InfluxDB refused the query: ${result.error}`, false);
    const series = result?.series?.[0];
    if (series === undefined) return [];
    return series.values.map((row) => Object.fromEntries(series.columns.map((column, index) => [column, row[index]])));
  }
}

/** The part of InfluxDB's answer that is read. */
interface QueryAnswer {
  readonly results: readonly {
    readonly error?: string;
    readonly series?: readonly {
      readonly columns: readonly string[];
      readonly values: readonly (readonly unknown[])[];
    }[];
  }[];
}

function timeOf(row: InfluxRow): number {
  return Number(row['time']);
}
