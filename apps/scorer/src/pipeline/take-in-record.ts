import { signalDefinition } from '#clinical';
import type { HistoryPoint } from '#history';
import type { LogRecord } from '#stream';
import type { EventOutcome, ObservationEvent, StayEnded } from '#wire';
import type { ReleaseFacts } from '../inference/window-scorer.js';
import { admitStay } from '../steps/admit-stay.js';
import { applyObservation } from '../steps/apply-observation.js';
import { checkObservation } from '../steps/check-observation.js';
import { decideDue, isSettled, type WindowChange } from '../steps/decide-due.js';
import { decodeEvent, type BedsideEvent } from '../steps/decode-event.js';
import { endStay } from '../steps/end-stay.js';
import { rejected, type Rejection } from '../steps/step-result.js';
import { observationPoint } from '../steps/write-history.js';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';

/** What taking in a record needs to know besides the stays. */
export interface IntakeContext {
  readonly release: ReleaseFacts;
  readonly scoreEveryMs: number;
  /** Whether one more stay may be held. */
  readonly hasRoom: () => boolean;
  /** Called for a stay that is due, while its window is as it was when it became due. */
  readonly onDue: (state: StayState) => void;
}

/** The one end that a record came to. */
export interface TakenRecord {
  readonly outcome: EventOutcome;
  /** What was wrong, when the outcome is one for the dead-letter topic. */
  readonly rejection?: Rejection;
  readonly point?: HistoryPoint;
}

/**
 * Takes one record of the partition in: due stays whose panel is complete first, then the record itself.
 *
 * Deterministic: stays, due times and outcomes are a function of the partition's records alone. A record that a stay's snapshot
 * already contains is a `duplicate` and changes nothing.
 */
export function takeInRecord(stays: PartitionStays, record: LogRecord, context: IntakeContext): TakenRecord {
  settle(stays, record, context);
  stays.logTimeMs = Math.max(stays.logTimeMs, record.timestampMs);
  const containedUpTo = (stays.live.get(record.key) ?? stays.ended.get(record.key))?.nextOffset;
  if (containedUpTo !== undefined && record.offset < containedUpTo) return { outcome: 'duplicate' };
  const event = decodeEvent(record);
  const taken = event.ok ? takeIn(stays, event.value, record, context) : refusal(event);
  const state = stays.live.get(record.key);
  if (state) {
    state.nextOffset = record.offset + 1n;
    state.lastRecordAtMs = record.timestampMs;
    stays.touched.add(record.key);
  }
  return taken;
}

function takeIn(stays: PartitionStays, event: BedsideEvent, record: LogRecord, context: IntakeContext): TakenRecord {
  if (event.kind === 'admitted') {
    const admitted = admitStay(stays, event.data, record, context.hasRoom());
    return admitted.ok ? { outcome: admitted.value.outcome } : refusal(admitted);
  }
  const state = stays.live.get(record.key);
  if (!state) return refusal(absent(stays, record.key));
  return event.kind === 'ended'
    ? takeInEnd(stays, state, event.data, record, context)
    : takeInObservation(stays, state, event.data, record, context);
}

function takeInObservation(
  stays: PartitionStays,
  state: StayState,
  event: ObservationEvent,
  record: LogRecord,
  context: IntakeContext,
): TakenRecord {
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
  return { outcome: applied.value, point: observationPoint(state.stay.stayId, checked.value) };
}

function markDue(
  stays: PartitionStays,
  state: StayState,
  change: Pick<WindowChange, 'laboratory' | 'scorable'>,
  { timestampMs }: LogRecord,
  context: IntakeContext,
): void {
  const { window, due } = state;
  const seen = { ...change, eventTimeMs: window.eventTimeMs!, loggedAtMs: timestampMs };
  const decided = decideDue(due, seen, context.scoreEveryMs);
  state.due = decided.next;
  if (state.due.laboratoryChangedAtMs === undefined) stays.settling.delete(state);
  else stays.settling.add(state);
  state.lastRecordAtMs = timestampMs;
  if (decided.isDue) context.onDue(state);
}

function takeInEnd(
  stays: PartitionStays,
  state: StayState,
  ended: StayEnded,
  record: LogRecord,
  context: IntakeContext,
): TakenRecord {
  if (stays.settling.has(state)) fire(stays, state, context);
  endStay(stays, state, ended, record);
  stays.touched.add(ended.stayId);
  return { outcome: 'applied' };
}

/** Makes the stays due whose laboratory panel is complete, because the log's time has moved on. */
function settle(stays: PartitionStays, record: LogRecord, context: IntakeContext): void {
  for (const state of stays.settling) {
    const isNews = record.offset >= state.nextOffset;
    if (isNews && isSettled(state.due, record.timestampMs)) fire(stays, state, context);
  }
}

function fire(stays: PartitionStays, state: StayState, context: IntakeContext): void {
  const { window, due } = state;
  stays.settling.delete(state);
  state.due = { lastDueAtMs: window.eventTimeMs!, scorable: due.scorable };
  stays.touched.add(state.stay.stayId);
  context.onDue(state);
}

function absent(stays: PartitionStays, stayId: string): Rejection {
  return stays.ended.has(stayId)
    ? rejected('stay-ended', 'the stay has ended; expected no more records of it')
    : rejected('stay-unknown', 'no admission of this stay was read before; expected it earlier on the same partition');
}

function refusal(rejection: Rejection): TakenRecord {
  return { outcome: rejection.outcome, rejection };
}
