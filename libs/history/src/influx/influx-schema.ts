import { createHash } from 'node:crypto';
import { FieldType, type IPoint, type ISchemaOptions } from 'influx';
import { OBSERVATION_SOURCES, isSignalId, type ObservationSource } from '#clinical';
import type { HistoryPoint, ObservationPoint, RiskPoint } from '../history-point.js';

/**
 * A measurement for each kind of point. What is in a point's key is a tag or the time, so writing it twice leaves one point. InfluxDB
 * merges the fields of the two, so every field is written always: `scored` and `news2_known` say whether the others mean something. Value and
 * availability of an observation are in its key as the nanoseconds of its time, since a tag of each value would be a series of its own.
 */
export const INFLUX_SCHEMA: readonly ISchemaOptions[] = [
  {
    measurement: 'observation',
    tags: ['stay', 'signal', 'source'],
    fields: { value: FieldType.FLOAT, available_at: FieldType.FLOAT },
  },
  {
    measurement: 'risk',
    tags: ['stay', 'release'],
    fields: {
      scored: FieldType.BOOLEAN,
      median: FieldType.FLOAT,
      low: FieldType.FLOAT,
      high: FieldType.FLOAT,
      news2_known: FieldType.BOOLEAN,
      news2: FieldType.FLOAT,
      completeness: FieldType.FLOAT,
    },
  },
];

const NS_PER_MS = 1_000_000n;

/** A row of a query, by column. */
export type InfluxRow = Readonly<Record<string, unknown>>;

/** A point as InfluxDB keeps it. */
export function toInfluxPoint(point: HistoryPoint): IPoint {
  // as text, since the client takes a number 0 for no time at all
  const timestamp = `${BigInt(point.atMs) * NS_PER_MS + nanosecondsOf(point)}`;
  if (point.kind === 'observation') {
    const { stayId: stay, signal, source, value, availableAtMs } = point;
    return {
      measurement: 'observation',
      timestamp,
      tags: { stay, signal, source },
      fields: { value, available_at: availableAtMs },
    };
  }
  const { stayId: stay, releaseId: release, risk, news2, completeness } = point;
  const { median, low, high } = risk ?? { median: 0, low: 0, high: 0 };
  return {
    measurement: 'risk',
    timestamp,
    tags: { stay, release },
    fields: {
      scored: risk !== undefined,
      median,
      low,
      high,
      news2_known: news2 !== undefined,
      news2: news2 ?? 0,
      completeness,
    },
  };
}

/** Tells values of one signal, source and millisecond apart; two of them share a nanosecond once in a million pairs, and the later write stays. */
function nanosecondsOf(point: HistoryPoint): bigint {
  if (point.kind === 'risk') return 0n;
  const digest = createHash('sha256').update(`${point.availableAtMs} ${point.value}`).digest();
  return digest.readBigUInt64BE() % NS_PER_MS;
}

/** The point of a row; undefined when its signal or source is not known here. */
export function toHistoryPoint(kind: HistoryPoint['kind'], stayId: string, row: InfluxRow): HistoryPoint | undefined {
  return kind === 'observation' ? toObservation(stayId, row) : toRisk(stayId, row);
}

function toObservation(stayId: string, row: InfluxRow): ObservationPoint | undefined {
  const { signal, source } = row;
  if (typeof signal !== 'string' || !isSignalId(signal) || !isSource(source)) return undefined;
  return {
    kind: 'observation',
    stayId,
    atMs: numberOf(row, 'time'),
    signal,
    value: numberOf(row, 'value'),
    availableAtMs: numberOf(row, 'available_at'),
    source,
  };
}

function toRisk(stayId: string, row: InfluxRow): RiskPoint {
  const risk = { median: numberOf(row, 'median'), low: numberOf(row, 'low'), high: numberOf(row, 'high') };
  return {
    kind: 'risk',
    stayId,
    atMs: numberOf(row, 'time'),
    releaseId: String(row['release']),
    ...(row['scored'] === true && { risk }),
    ...(row['news2_known'] === true && { news2: numberOf(row, 'news2') }),
    completeness: numberOf(row, 'completeness'),
  };
}

function numberOf(row: InfluxRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} is ${typeof value}, expected a number`);
  return value;
}

function isSource(text: unknown): text is ObservationSource {
  return (OBSERVATION_SOURCES as readonly unknown[]).includes(text);
}
