import { signalDefinition } from '#clinical';
import type { LogRecord } from '#stream';
import type { ObservationEvent } from '#wire';
import { applyObservation } from '../steps/apply-observation.js';
import { checkObservation } from '../steps/check-observation.js';
import { isSettled } from '../steps/decide-due.js';
import { decodeEvent, type BedsideEvent } from '../steps/decode-event.js';
import { absent } from '../steps/life-result.js';
import { observationPoint } from '../steps/write-history.js';
import type { PartitionStays } from '../stays/partition-stays.js';
import { fire, markDue, refusal, type IntakeContext, type TakenRecord } from './intake-context.js';
import { takeInLifeEvent } from './take-in-life-event.js';

/**
 * Takes one record of the partition in: due stays whose panel is complete first, then the record itself.
 *
 * Deterministic: stays, due times, outcomes and follow-ups are a function of the partition's records alone. A record that a stay's snapshot
 * already contains is a `duplicate` and changes nothing.
 */
export function takeInRecord(stays: PartitionStays, record: LogRecord, context: IntakeContext): TakenRecord {
  settle(stays, record, context);
  stays.logTimeMs = Math.max(stays.logTimeMs, record.timestampMs);
  const containedUpTo = stays.standing(record.key)?.nextOffset;
  if (containedUpTo !== undefined && record.offset < containedUpTo) return { outcome: 'duplicate' };
  const event = decodeEvent(record);
  const taken = event.ok ? takeIn(stays, event.value, record, context) : refusal(event);
  const standing = stays.standing(record.key);
  if (standing) {
    standing.nextOffset = record.offset + 1n;
    standing.lastRecordAtMs = record.timestampMs;
    stays.touched.add(record.key);
  }
  return taken;
}

function takeIn(stays: PartitionStays, event: BedsideEvent, record: LogRecord, context: IntakeContext): TakenRecord {
  return event.kind === 'observation'
    ? takeInObservation(stays, event.data, record, context)
    : takeInLifeEvent(stays, event, record, context);
}

function takeInObservation(
  stays: PartitionStays,
  event: ObservationEvent,
  record: LogRecord,
  context: IntakeContext,
): TakenRecord {
  const state = stays.live.get(record.key);
  if (!state) return refusal(absent(stays, record.key));
  const checked = checkObservation(event, record.timestampMs);
  if (!checked.ok) return refusal(checked);
  const applied = applyObservation(state, checked.value);
  if (!applied.ok) return refusal(applied);
  if (applied.value === 'duplicate') return { outcome: 'duplicate' };
  if (applied.value === 'applied') {
    const laboratory = signalDefinition(checked.value.signal).kind === 'laboratory';
    const scorable = stays.watch.isScorable(state, checked.value.signal, context.release);
    markDue(stays, state, { laboratory, scorable }, record, context);
  }
  return { outcome: applied.value, points: [observationPoint(state.stay.stayId, checked.value)] };
}

/** Makes the stays due whose laboratory panel is complete, because the log's time has moved on. */
function settle(stays: PartitionStays, record: LogRecord, context: IntakeContext): void {
  for (const state of stays.settling) {
    const isNews = record.offset >= state.nextOffset;
    if (isNews && isSettled(state.due, record.timestampMs)) fire(stays, state, context);
  }
}
