import type { AlertInput, AlertPolicy, AlertRecord } from '#alerting';
import type { LogRecord } from '#stream';
import { TOPICS } from '#wire';
import type { ReadTopic } from '../alerter-topics.js';
import type { PartitionAlerts } from '../stays/partition-alerts.js';
import { applyInput, type PlacedInput } from '../steps/apply-input.js';
import type { RefusedRecord } from '../steps/publish-dead-letters.js';
import { readRecord } from '../steps/read-record.js';
import type { AlertClock } from './alert-clock.js';
import type { AlerterTally, RecordOutcome } from './alerter-tally.js';

/** How a command ended, for whoever waits for it. */
export interface CommandAnswer {
  readonly commandId: string;
  readonly outcome: RecordOutcome;
  /** The alert after it, where it is still known. */
  readonly alert?: AlertRecord;
}

/** What taking in needs to know besides the stays. */
export interface IntakeContext {
  readonly policy: AlertPolicy;
  readonly clock: AlertClock;
  readonly tally: AlerterTally;
  readonly onAnswer: (answer: CommandAnswer) => void;
}

/** Reads a record of the partition, to wait for its turn in {@link takeInTurn}. Returns the record when it needs a person. */
export function readInRecord(
  alerts: PartitionAlerts,
  record: LogRecord,
  clock: AlertClock,
  tally: AlerterTally,
): RefusedRecord | undefined {
  const topic = record.topic as ReadTopic;
  const read = readRecord(record, clock.ofRecord(record.timestampMs));
  if (topic === TOPICS.bedsideEvents) {
    alerts.bedsideTimeMs = Math.max(alerts.bedsideTimeMs, clock.ofRecord(record.timestampMs));
  }
  if (read.kind !== 'input') {
    tally.countOutcome(topic, read.kind === 'refused' ? read.outcome : 'ignored');
    return read.kind === 'refused' ? { record, refusal: read } : undefined;
  }
  const { input } = read;
  const placed = { topic, offset: record.offset, stayId: record.key, input };
  if (input.kind === 'command') {
    // before the backlog is read the partition's time is not known
    const atMs = alerts.settled ? clock.ofCommand(input.atMs, alerts) : input.atMs;
    alerts.order.addCommand({ ...placed, atMs });
  } else if (input.kind === 'score') alerts.order.addScore({ ...placed, atMs: input.atMs });
  else alerts.order.addBedside({ ...placed, atMs: input.atMs });
  return undefined;
}

/** Takes in what has its turn. Decisions of a stay are a function of the order in which its records are taken. */
export function takeInTurn(alerts: PartitionAlerts, context: IntakeContext): void {
  const { clock } = context;
  for (let next = alerts.order.take(clock.limits(alerts)); next; next = alerts.order.take(clock.limits(alerts))) {
    if (next.input.kind === 'score') alerts.scoreTimeMs = Math.max(alerts.scoreTimeMs, next.atMs);
    const { input } = next;
    const placed =
      input.kind === 'command' ? { ...next, input: onClock(input, clock.ofCommand(next.atMs, alerts)) } : next;
    take(alerts, placed, context);
  }
}

/** A command at its time on the partition's clock; a snooze keeps the length that was asked for. */
function onClock(input: Extract<AlertInput, { kind: 'command' }>, atMs: number): AlertInput {
  const { command } = input;
  if (command.untilMs === undefined || atMs === input.atMs) return { ...input, atMs };
  return { ...input, atMs, command: { ...command, untilMs: command.untilMs + atMs - input.atMs } };
}

function take(alerts: PartitionAlerts, placed: PlacedInput, { policy, tally, onAnswer }: IntakeContext): void {
  const { outcome, transitions } = applyInput(alerts, placed, policy);
  tally.countOutcome(placed.topic, outcome);
  tally.countTransitions(transitions);
  if (placed.input.kind !== 'command') return;
  const { commandId, alertId } = placed.input.command;
  const alert =
    transitions.findLast((transition) => transition.alertId === alertId) ??
    Object.values(alerts.of(placed.stayId).state.rules).find((rule) => rule.alert?.alertId === alertId)?.alert;
  onAnswer({ commandId, outcome, ...(alert ? { alert } : {}) });
}
