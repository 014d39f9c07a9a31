import { isDeepStrictEqual } from 'node:util';
import type { LogRecord } from '#stream';
import { outcomeOf, type StayEnded } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { EndedStay, StayEnd } from '../stays/stay-state.js';
import { absent, APPLIED, DUPLICATE, isOutdated, OUTRANKED, type LifeResult } from './life-result.js';

/**
 * Ends a stay; its window is kept while the discharge may be cancelled. An end of a stay that has ended replaces what was said before: the outcome
 * may become known later. The outcome is handed on to `stay-outcomes` at the next barrier and never looked at here.
 */
export function endStay(stays: PartitionStays, ended: StayEnded, record: LogRecord): LifeResult {
  const state = stays.live.get(ended.stayId);
  const before = state ?? stays.past(ended.stayId);
  if (!before) return absent(stays, ended.stayId);
  if (isOutdated(before, record)) return OUTRANKED;
  const past: EndedStay = { ...before, end: endOf(ended, state ? undefined : (before as EndedStay).end, record) };
  if (!state && isDeepStrictEqual((before as EndedStay).end, past.end)) return DUPLICATE;
  past.lifeAtMs = record.timestampMs;
  if (state) {
    stays.live.delete(ended.stayId);
    stays.settling.delete(state);
  }
  (stays.departed.has(ended.stayId) ? stays.departed : stays.ended).set(ended.stayId, past);
  if (!past.withdrawn) stays.outcomes.set(ended.stayId, 'completed');
  return APPLIED;
}

function endOf(ended: StayEnded, before: StayEnd | undefined, { timestampMs }: LogRecord): StayEnd {
  const outcome = outcomeOf(ended) ?? before?.outcome;
  const disposition = ended.disposition ?? before?.disposition;
  const knownAtMs = outcome === before?.outcome ? before?.outcomeKnownAtMs : timestampMs;
  return {
    endedAtMs: ended.endedAtMs,
    ...(outcome && { outcome }),
    ...(outcome && { outcomeKnownAtMs: knownAtMs ?? timestampMs }),
    ...(disposition && { disposition }),
  };
}
