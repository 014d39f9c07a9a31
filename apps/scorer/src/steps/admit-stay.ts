import { isDeepStrictEqual } from 'node:util';
import type { LogRecord } from '#stream';
import type { StayAdmitted } from '#wire';
import { StayWindow } from '#windows';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';
import { passed, rejected, type StepResult } from './step-result.js';

/**
 * Begins a stay, or replaces what was known of it when it is admitted again (a transfer, a weight that was measured later).
 *
 * @param hasRoom whether one more stay may be held
 */
export function admitStay(
  stays: PartitionStays,
  admitted: StayAdmitted,
  record: LogRecord,
  hasRoom: boolean,
): StepResult<{ readonly outcome: 'applied' | 'duplicate'; readonly state: StayState }> {
  const known = stays.live.get(admitted.stayId);
  if (known) return readmit(known, admitted);
  if (stays.ended.has(admitted.stayId))
    return rejected('stay-ended', 'admitted again after its end; use a new stay id');
  if (!hasRoom)
    return rejected('over-capacity', 'the scorer holds its limit of stays; raise MAX_STAYS or add a scorer');
  const state: StayState = {
    stay: admitted,
    window: new StayWindow(admitted.admittedAtMs),
    due: { scorable: false },
    nextOffset: record.offset,
    lastRecordAtMs: record.timestampMs,
  };
  stays.live.set(admitted.stayId, state);
  return passed({ outcome: 'applied', state });
}

function readmit(
  state: StayState,
  admitted: StayAdmitted,
): StepResult<{ readonly outcome: 'applied' | 'duplicate'; readonly state: StayState }> {
  if (admitted.admittedAtMs !== state.stay.admittedAtMs) {
    return rejected(
      'malformed',
      'admittedAtMs: differs from the first admission; the admission time of a stay never changes',
    );
  }
  if (isDeepStrictEqual(state.stay, admitted)) return passed({ outcome: 'duplicate', state });
  state.stay = admitted;
  return passed({ outcome: 'applied', state });
}
