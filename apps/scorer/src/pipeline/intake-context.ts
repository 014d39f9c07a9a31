import type { HistoryPoint } from '#history';
import type { LogRecord, OutgoingRecord } from '#stream';
import type { EventOutcome } from '#wire';
import type { ReleaseFacts } from '../inference/window-scorer.js';
import { decideDue, type WindowChange } from '../steps/decide-due.js';
import type { Rejection } from '../steps/step-result.js';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';

/** What taking in a record needs to know besides the stays. */
export interface IntakeContext {
  readonly release: ReleaseFacts;
  readonly scoreEveryMs: number;
  /** Whether a laboratory panel makes a stay due before its time. @default true */
  readonly panels?: boolean;
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
  readonly points?: readonly HistoryPoint[];
  /** A message for another stay's partition; to be published before the record is committed. */
  readonly followUp?: OutgoingRecord;
}

/** The end of a record that was refused. */
export function refusal(rejection: Rejection): TakenRecord {
  return { outcome: rejection.outcome, rejection };
}

/** Decides whether a changed window makes its stay due, now or when the log's time moves on. */
export function markDue(
  stays: PartitionStays,
  state: StayState,
  change: Pick<WindowChange, 'laboratory' | 'scorable'>,
  { timestampMs }: LogRecord,
  context: IntakeContext,
): void {
  const { window, due } = state;
  const laboratory = change.laboratory && context.panels !== false;
  const seen = { ...change, laboratory, eventTimeMs: window.eventTimeMs!, loggedAtMs: timestampMs };
  const decided = decideDue(due, seen, context.scoreEveryMs);
  state.due = decided.next;
  if (state.due.laboratoryChangedAtMs === undefined) stays.settling.delete(state);
  else stays.settling.add(state);
  state.lastRecordAtMs = timestampMs;
  if (decided.isDue) context.onDue(state);
}

/** Makes a stay due that was waiting for its panel to be complete. */
export function fire(stays: PartitionStays, state: StayState, context: IntakeContext): void {
  const { window, due } = state;
  stays.settling.delete(state);
  state.due = { lastDueAtMs: window.eventTimeMs!, scorable: due.scorable };
  stays.touched.add(state.stay.stayId);
  context.onDue(state);
}
