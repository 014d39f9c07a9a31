import type { LogRecord } from '#stream';
import type { AdmissionCancelled } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import { absent, APPLIED, DUPLICATE, type LifeResult } from './life-result.js';

/**
 * Gives up a stay that never was, whether it goes on or has ended: its window is dropped, nothing is scored any more, and nothing is learned from it.
 * Scores that were due before stay where they are.
 */
export function cancelAdmission(stays: PartitionStays, cancelled: AdmissionCancelled, record: LogRecord): LifeResult {
  const { stayId } = cancelled;
  const past = stays.past(stayId);
  const stay = stays.live.get(stayId) ?? past;
  const givenUp = stays.givenUp.get(stayId);
  if (givenUp?.fate === 'cancelled') return DUPLICATE;
  if (givenUp?.fate === 'merged' || !(stay ?? givenUp)) return absent(stays, stayId);
  const withdrawn = stay?.withdrawn ?? false;
  stays.giveUp({
    ...{ stayId, fate: 'cancelled', withdrawn },
    ...{ nextOffset: record.offset, lastRecordAtMs: record.timestampMs },
  });
  if (past) stays.outcomes.set(stayId, withdrawn ? 'withdrawn' : 'admission-cancelled');
  return APPLIED;
}
