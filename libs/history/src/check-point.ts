import { HistoryError } from './history-error.js';
import type { HistoryPoint } from './history-point.js';

const MAX_ID_LENGTH = 256;

/** Control characters and the backslash: line protocol and database keys cannot carry them safely. */
const UNSAFE = /[\p{Cc}\\]/u;

/** Throws a `HistoryError` that is not retriable for a point no store could keep and give back unchanged. */
export function checkPoint(point: HistoryPoint): void {
  checkId('stay', point.stayId);
  if (!Number.isSafeInteger(point.atMs) || point.atMs < 0) {
    refuse(`its time is ${point.atMs}, expected whole epoch milliseconds`);
  }
  if (point.kind === 'observation') {
    checkNumber('value', point.value);
    checkNumber('available time', point.availableAtMs);
    return;
  }
  checkId('release', point.releaseId);
  checkNumber('completeness', point.completeness);
  if (point.news2 !== undefined) checkNumber('NEWS2', point.news2);
  if (point.risk !== undefined)
    [point.risk.median, point.risk.low, point.risk.high].forEach((p) => checkNumber('risk', p));
}

function checkId(what: string, id: string): void {
  if (id.length === 0 || id.length > MAX_ID_LENGTH || UNSAFE.test(id)) {
    refuse(`its ${what} id is not 1 to ${MAX_ID_LENGTH} characters without control characters and backslashes`);
  }
}

function checkNumber(what: string, value: number): void {
  if (!Number.isFinite(value)) refuse(`its ${what} is ${value}, expected a finite number`);
}

function refuse(reason: string): never {
  throw new HistoryError(`the history cannot keep a point: ${reason}`, false);
}
