import { decideAlerts, nextDeadlineMs, type AlertInput, type AlertPolicy, type AlertRecord } from '#alerting';
import type { ReadTopic } from '../alerter-topics.js';
import type { RecordOutcome } from '../pipeline/alerter-tally.js';
import type { PartitionAlerts } from '../stays/partition-alerts.js';

/** An input of a stay and where it stood. */
export interface PlacedInput {
  readonly topic: ReadTopic;
  readonly offset: bigint;
  readonly stayId: string;
  readonly input: AlertInput;
}

/** What an input came to. */
export interface AppliedInput {
  readonly outcome: RecordOutcome;
  readonly transitions: readonly AlertRecord[];
}

/** Outcomes that leave a stay as it was, so that it need not be written down for them. */
const NOTHING_NEW: ReadonlySet<RecordOutcome> = new Set(['stay-ended', 'stay-unknown']);

/** Decides an input and keeps what came of it. One that the stay's state already contains is a `duplicate`. */
export function applyInput(alerts: PartitionAlerts, placed: PlacedInput, policy: AlertPolicy): AppliedInput {
  const { topic, offset, stayId, input } = placed;
  const entry = alerts.of(stayId);
  if (offset < (entry.next[topic] ?? 0n)) return { outcome: 'duplicate', transitions: [] };
  const { state, transitions, outcome } = decideAlerts(policy, entry.state, input);
  const isUnknown = entry.revision === 0 && outcome === 'alert-unknown';
  if (transitions.length === 0 && (isUnknown || NOTHING_NEW.has(outcome))) return { outcome, transitions };
  entry.next[topic] = offset + 1n;
  keep(alerts, entry, state, transitions, policy);
  return { outcome, transitions };
}

/** Moves the stays on whose time has come. Returns the transitions. */
export function applyTick(alerts: PartitionAlerts, atMs: number, policy: AlertPolicy): AlertRecord[] {
  const all: AlertRecord[] = [];
  for (const entry of alerts.stays.values()) {
    if (entry.dueMs > atMs) continue;
    const { state, transitions } = decideAlerts(policy, entry.state, { kind: 'tick', atMs });
    if (transitions.length === 0) entry.dueMs = nextDeadlineMs(policy, entry.state) ?? Infinity;
    else keep(alerts, entry, state, transitions, policy);
    all.push(...transitions);
  }
  return all;
}

function keep(
  alerts: PartitionAlerts,
  entry: ReturnType<PartitionAlerts['of']>,
  state: ReturnType<typeof decideAlerts>['state'],
  transitions: readonly AlertRecord[],
  policy: AlertPolicy,
): void {
  entry.state = state;
  entry.revision++;
  entry.dueMs = nextDeadlineMs(policy, state) ?? Infinity;
  alerts.keep(entry);
  if (transitions.length === 0) return;
  entry.outbox.push(...transitions);
  alerts.unpublished.add(entry);
}
