import type { LogRecord } from '#stream';
import { admitStay } from '../steps/admit-stay.js';
import { cancelAdmission } from '../steps/cancel-admission.js';
import { cancelDischarge } from '../steps/cancel-discharge.js';
import type { LifeEvent } from '../steps/decode-event.js';
import { endStay } from '../steps/end-stay.js';
import { refusalOf } from '../steps/is-scorable.js';
import { joinWindow } from '../steps/join-window.js';
import type { LifeChange, LifeResult } from '../steps/life-result.js';
import { mergeStay } from '../steps/merge-stay.js';
import { transferStay } from '../steps/transfer-stay.js';
import { withdrawStay } from '../steps/withdraw-stay.js';
import { observationPoint } from '../steps/write-history.js';
import type { PartitionStays } from '../stays/partition-stays.js';
import { fire, markDue, refusal, type IntakeContext, type TakenRecord } from './intake-context.js';

/** Takes in a message about a stay's life. */
export function takeInLifeEvent(
  stays: PartitionStays,
  event: LifeEvent,
  record: LogRecord,
  context: IntakeContext,
): TakenRecord {
  const result = change(stays, event, record, context);
  if (!result.ok) return refusal(result);
  const { outcome, followUp, joined } = result.value;
  if (!joined) return { outcome, ...(followUp && { followUp }) };
  scoreJoined(stays, joined, record, context);
  return { outcome, points: joined.map((observation) => observationPoint(record.key, observation)) };
}

function change(stays: PartitionStays, event: LifeEvent, record: LogRecord, context: IntakeContext): LifeResult {
  switch (event.kind) {
    case 'admitted':
      return admitStay(stays, event.data, record, context.hasRoom());
    case 'transferred':
      return transferStay(stays, event.data, record);
    case 'ended':
      scoreLast(stays, record, context);
      return endStay(stays, event.data, record);
    case 'admission-cancelled':
      return cancelAdmission(stays, event.data, record);
    case 'discharge-cancelled':
      return cancelDischarge(stays, event.data, record, context.hasRoom());
    case 'merged':
      return mergeStay(stays, event.data, record);
    case 'window-joined':
      return joinWindow(stays, event.data, record);
    case 'withdrawn':
      return withdrawStay(stays, event.data, record);
  }
}

/** A stay that ends is scored first if a panel was waiting. */
function scoreLast(stays: PartitionStays, record: LogRecord, context: IntakeContext): void {
  const state = stays.live.get(record.key);
  if (state && stays.settling.has(state) && record.timestampMs >= state.lifeAtMs) fire(stays, state, context);
}

/** A joined window is scored as a laboratory panel is: when the log's time has moved past it, if it did not make the stay due at once. */
function scoreJoined(
  stays: PartitionStays,
  joined: NonNullable<LifeChange['joined']>,
  record: LogRecord,
  context: IntakeContext,
): void {
  const state = stays.live.get(record.key);
  if (!state || joined.length === 0) return;
  const scorable = state.due.scorable || refusalOf(state.window, context.release) === undefined;
  markDue(stays, state, { laboratory: true, scorable }, record, context);
}
