import { isDeepStrictEqual } from 'node:util';
import type { LogRecord } from '#stream';
import type { StayAdmitted } from '#wire';
import { StayWindow } from '#windows';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';
import { absent, APPLIED, DUPLICATE, isOutdated, OUTRANKED, type LifeResult } from './life-result.js';
import { rejected } from './step-result.js';

/**
 * Begins a stay, or replaces what was known of it when it is admitted again (a weight that was measured later). The id of a stay that is over is
 * not used again.
 *
 * @param hasRoom whether one more stay may be held
 */
export function admitStay(
  stays: PartitionStays,
  admitted: StayAdmitted,
  record: LogRecord,
  hasRoom: boolean,
): LifeResult {
  const known = stays.live.get(admitted.stayId);
  if (known) return readmit(known, admitted, record);
  if (stays.standing(admitted.stayId)) {
    const { outcome } = absent(stays, admitted.stayId);
    return rejected(outcome, 'admitted again after it was over; use a new stay id');
  }
  if (!hasRoom)
    return rejected('over-capacity', 'the scorer holds its limit of stays; raise MAX_STAYS or add a scorer');
  stays.live.set(admitted.stayId, {
    stay: admitted,
    window: new StayWindow(admitted.admittedAtMs),
    due: { scorable: false },
    priorStayIds: [],
    lifeAtMs: record.timestampMs,
    withdrawn: false,
    nextOffset: record.offset,
    lastRecordAtMs: record.timestampMs,
  });
  return APPLIED;
}

function readmit(state: StayState, admitted: StayAdmitted, record: LogRecord): LifeResult {
  if (admitted.admittedAtMs !== state.stay.admittedAtMs) {
    return rejected(
      'malformed',
      'admittedAtMs: differs from the first admission; the admission time of a stay never changes',
    );
  }
  if (isDeepStrictEqual(state.stay, admitted)) return DUPLICATE;
  if (isOutdated(state, record)) return OUTRANKED;
  state.stay = admitted;
  state.lifeAtMs = record.timestampMs;
  return APPLIED;
}
