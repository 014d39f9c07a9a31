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
    `"stay" = ${textOf(stayId)}`,
    `time >= ${clamp(fromMs)}ms`,
    `time < ${clamp(toMs)}ms`,
    ...(kind === 'observation' && signals !== undefined ? [anyOf(signals)] : []),
  ];
  return `SELECT ${columns} FROM ${escape.quoted(kind)} WHERE ${conditions.join(' AND ')} ORDER BY time ASC LIMIT ${limit}`;
}

function anyOf(signals: readonly string[]): string {
  return `(${signals.map((signal) => `"signal" = ${textOf(signal)}`).join(' OR ')})`;
}

/**
 * A text of InfluxQL. Not the client's own `escape.stringLit`: that leaves most backslashes as they are, so a stay id from a request could end the text and go on as a
 * query of its own.
 */
function textOf(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

function clamp(atMs: number): number {
  return Math.ceil(Math.min(Math.max(atMs, 0), LATEST_MS));
}
