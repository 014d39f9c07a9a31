import type { LogRecord } from '#stream';
import type { DischargeCancelled } from '#wire';
import { StayWindow } from '#windows';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { EndedStay, StayState } from '../stays/stay-state.js';
import { absent, APPLIED, DUPLICATE, isOutdated, OUTRANKED, type LifeResult } from './life-result.js';
import { rejected } from './step-result.js';
import { without } from './without.js';

const NOTHING = 'the stay has not ended; expected an end of it earlier on the log';

/**
 * Reopens a stay that had ended: it goes on with its window, and its record is removed from `stay-outcomes`. Of a stay that ended some days ago
 * the window is no longer kept; it would be empty anyway with the first new observation.
 *
 * @param hasRoom whether one more stay may be held
 */
export function cancelDischarge(
  stays: PartitionStays,
  cancelled: DischargeCancelled,
  record: LogRecord,
  hasRoom: boolean,
): LifeResult {
  const { stayId, atMs } = cancelled;
  const state = stays.live.get(stayId);
  if (state) {
    if (state.reopenedAtMs === atMs) return DUPLICATE;
    return isOutdated(state, record) ? OUTRANKED : rejected('nothing-to-cancel', NOTHING);
  }
  const past = stays.past(stayId);
  if (!past) return absent(stays, stayId);
  if (isOutdated(past, record)) return OUTRANKED;
  if (!past.window && !hasRoom)
    return rejected('over-capacity', 'the scorer holds its limit of stays; raise MAX_STAYS or add a scorer');
  stays.ended.delete(stayId);
  stays.departed.delete(stayId);
  stays.live.set(stayId, reopened(past, atMs, record));
  stays.outcomes.set(stayId, past.withdrawn ? 'withdrawn' : 'discharge-cancelled');
  return APPLIED;
}

function reopened(past: EndedStay, reopenedAtMs: number, record: LogRecord): StayState {
  const { window, ...facts } = without(past, 'end');
  if (window) return { ...facts, window, reopenedAtMs, lifeAtMs: record.timestampMs };
  return {
    ...facts,
    ...{ window: new StayWindow(facts.stay.admittedAtMs), due: { scorable: false } },
    ...{ reopenedAtMs, lifeAtMs: record.timestampMs },
  };
}
