import { escape } from 'influx';
import type { HistoryQuery } from '../history-query.js';

/** Latest time InfluxDB can keep, milliseconds (64-bit nanoseconds). */
const LATEST_MS = 9_223_372_036_854;

const COLUMNS = {
  observation: ['value', 'available_at', 'signal', 'source'],
  risk: ['scored', 'median', 'low', 'high', 'news2_known', 'news2', 'completeness', 'release'],
} as const;

/** InfluxQL for the oldest rows of a query, from a time on. */
export function influxQl({ stayId, kind, toMs, signals }: HistoryQuery, fromMs: number, limit: number): string {
  const columns = COLUMNS[kind].map((column) => escape.quoted(column)).join(', ');
  const conditions = [
    `"stay" = ${escape.stringLit(stayId)}`,
    `time >= ${clamp(fromMs)}ms`,
    `time < ${clamp(toMs)}ms`,
    ...(kind === 'observation' && signals !== undefined ? [anyOf(signals)] : []),
  ];
  return `SELECT ${columns} FROM ${escape.quoted(kind)} WHERE ${conditions.join(' AND ')} ORDER BY time ASC LIMIT ${limit}`;
}

function anyOf(signals: readonly string[]): string {
  return `(${signals.map((signal) => `"signal" = ${escape.stringLit(signal)}`).join(' OR ')})`;
}

function clamp(atMs: number): number {
  return Math.ceil(Math.min(Math.max(atMs, 0), LATEST_MS));
}
