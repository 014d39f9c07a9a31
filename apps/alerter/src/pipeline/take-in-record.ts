import type { AlertPolicy, AlertRecord } from '#alerting';
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

/**
 * Reads a record of the partition: a command is taken in at once, a score or a bedside event waits for its turn in
 * {@link takeInTurn}. Returns the record when it needs a person.
 */
export function readInRecord(
  alerts: PartitionAlerts,
  record: LogRecord,
  context: IntakeContext,
): RefusedRecord | undefined {
  const topic = record.topic as ReadTopic;
  const { clock, tally } = context;
  const isCommand = topic === TOPICS.alertCommands;
  const atMs = isCommand ? clock.ofCommand(record.timestampMs, alerts) : clock.ofRecord(record.timestampMs);
  if (topic === TOPICS.bedsideEvents) alerts.bedsideTimeMs = Math.max(alerts.bedsideTimeMs, atMs);
  const read = readRecord(record, atMs);
  if (read.kind !== 'input') {
    tally.countOutcome(topic, read.kind === 'refused' ? read.outcome : 'ignored');
    return read.kind === 'refused' ? { record, refusal: read } : undefined;
  }
  const placed = { topic, offset: record.offset, stayId: record.key, input: read.input };
  if (isCommand) take(alerts, placed, context);
  else if (topic === TOPICS.riskScores) alerts.order.addScore({ ...placed, atMs });
  else alerts.order.addBedside({ ...placed, atMs });
  return undefined;
}

/** Takes in the scores and bedside events whose turn has come. Decisions of a stay are a function of the order in which they are taken. */
export function takeInTurn(alerts: PartitionAlerts, context: IntakeContext): void {
  const { clock } = context;
  const next = (): ReturnType<typeof alerts.order.take> =>
    alerts.order.take(clock.scoresUntilMs(alerts), clock.bedsideUntilMs(alerts));
  for (let placed = next(); placed; placed = next()) {
    if (placed.topic === TOPICS.riskScores) alerts.scoreTimeMs = Math.max(alerts.scoreTimeMs, placed.atMs);
    take(alerts, placed, context);
  }
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
