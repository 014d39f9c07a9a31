import { HistoryError } from '../history-error.js';

/** What InfluxDB says of points older than its retention policy keeps; the others of the request are written. */
const TOO_OLD = 'points beyond retention policy';

/** Statuses below 500 after which the same request can succeed later: time-out, too many requests. */
const RETRIABLE_STATUSES: readonly number[] = [408, 429];

/** Whether all that was refused are points that retention would have dropped anyway. */
export function isTooOldOnly(error: unknown): boolean {
  return statusOf(error) !== undefined && error instanceof Error && error.message.includes(TOO_OLD);
}

/**
 * The history's error for one of the client's. What the server refused (3xx, 4xx) it will refuse again; everything else, from 5xx
 * to an unreachable host, can pass.
 */
export function toHistoryError(what: string, error: unknown): HistoryError {
  if (error instanceof HistoryError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const status = statusOf(error);
  const retriable = status === undefined || RETRIABLE_STATUSES.includes(status);
  return new HistoryError(`${what}: ${reason.slice(0, 500)}`, retriable, { cause: error });
}

/** The status of an answer below 500; the client does not export the class of its error, which alone carries the answer. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error && 'res' in error)) return undefined;
  const { res } = error;
  const status = typeof res === 'object' && res !== null && 'statusCode' in res ? res.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}
