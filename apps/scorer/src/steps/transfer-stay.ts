import type { LogRecord } from '#stream';
import type { StayTransferred } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import { absent, APPLIED, DUPLICATE, isOutdated, OUTRANKED, type LifeResult } from './life-result.js';

/** Moves a stay to another bed, ward or site. Its window goes along, and its next score names the new place. */
export function transferStay(stays: PartitionStays, transferred: StayTransferred, record: LogRecord): LifeResult {
  const state = stays.live.get(transferred.stayId);
  if (!state) return absent(stays, transferred.stayId);
  if (isOutdated(state, record)) return OUTRANKED;
  const { site, ward, bed } = transferred;
  const { stay } = state;
  state.lifeAtMs = record.timestampMs;
  if (stay.site === site && stay.ward === ward && stay.bed === bed) return DUPLICATE;
  state.stay = { ...stay, site, ward, bed };
  return APPLIED;
}
