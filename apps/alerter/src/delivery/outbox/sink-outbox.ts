import { EventLogError, type EventLog, type LogRecord, type RecordBatch, type Subscription } from '#stream';
import {
  ALERT,
  alertSchema,
  decodeData,
  encodeEvent,
  eventType,
  TOPICS,
  UNDELIVERED_ALERT,
  type Alert,
  type UndeliveredAlert,
} from '#wire';
import type { AlertSink } from '../alert-sink.js';
import type { DeliveryClock } from '../delivery-clock.js';
import { deliveryIdOf } from '../delivery-id.js';
import type { DeliveryPolicy } from '../delivery-policy.js';
import type { DeliveryJournal } from './delivery-journal.js';
import { OpenAlerts } from './open-alerts.js';
import type { DeliveryEnd, OutboxEntry, Verdict } from './outbox-entry.js';
import { PartitionProgress } from './partition-progress.js';
import { SinkCourier } from './sink-courier.js';

/** What a {@link SinkOutbox} is made with. */
export interface SinkOutboxParts {
  readonly log: EventLog;
  readonly sink: AlertSink;
  readonly journal: DeliveryJournal;
  readonly policy: DeliveryPolicy;
  readonly clock: DeliveryClock;
  readonly random: () => number;
  /** A delivery has come to an end. `entry` is absent for what never waited. */
  readonly onEnd: (end: DeliveryEnd, entry?: OutboxEntry) => void;
  readonly onRetry: () => void;
  /** The subscription has died, or the journal cannot be written: the process should stop. */
  readonly onFailure: (error: Error) => void;
}

/** Records of a partition that may be taken beyond the oldest one that has not ended. */
const MAX_AHEAD = 20_000;
const COMMIT_EVERY_MS = 1_000;
const CLOSE_WITHIN_MS = 5_000;

/**
 * The way from the log to one sink. The outbox is the log itself: the sink has a consumer group of its own, its committed offset lies before the oldest delivery that
 * has not ended, and what ended beyond it is in the journal. So a sink that is dead for a day costs no disk and holds up no other sink.
 */
export class SinkOutbox {
  readonly courier: SinkCourier;
  private readonly partitions = new Map<number, PartitionProgress>();
  private readonly openAlerts = new OpenAlerts();
  private readonly waiters = new Set<() => void>();
  private subscription: Subscription | undefined;
  private cancelCommit: (() => void) | undefined;
  private closed = false;

  constructor(private readonly parts: SinkOutboxParts) {
    const { sink, policy, clock, random, onRetry } = parts;
    this.courier = new SinkCourier({
      ...{ sink, policy, clock, random, onRetry },
      record: (entry, verdict) => this.record(entry, verdict),
      hasEnded: ({ alert }) => parts.journal.hasEnded(alert.alertId, alert.sequence),
      openAlerts: () => this.openAlerts.list(),
    });
  }

  /** Joins the sink's group. */
  async start(): Promise<void> {
    const { log, sink, onFailure } = this.parts;
    this.subscription = await log.subscribe({
      group: `alert-delivery-${sink.name}`,
      topics: [TOPICS.alerts],
      maxBatchRecords: 100,
      handler: {
        onAssigned: (partitions) => this.assigned(partitions.map(({ partition }) => partition)),
        onRevoked: async (partitions) => this.revoked(partitions.map(({ partition }) => partition)),
        onBatch: (batch) => this.take(batch),
      },
      onFailure,
    });
    this.courier.start();
    this.commitLater();
  }

  /** Takes no more, waits a bounded time for what is under way, commits. What has not ended is delivered after the next start. */
  async close(): Promise<void> {
    this.closed = true;
    this.cancelCommit?.();
    this.wake();
    await this.courier.close(CLOSE_WITHIN_MS);
    await this.commit();
    for (const progress of this.partitions.values()) progress.revoke();
    await this.subscription?.close();
    await this.parts.journal.close();
    await this.parts.sink.close();
  }

  private async assigned(partitions: readonly number[]): Promise<void> {
    for (const partition of partitions) this.partitions.set(partition, new PartitionProgress());
    if (this.parts.sink.repeatEveryMs === undefined) return;
    for await (const record of this.parts.log.readToEnd(TOPICS.alerts, partitions)) {
      const alert = alertOf(record);
      if (alert !== undefined) this.takeOpen(alert, record.partition);
    }
  }

  private revoked(partitions: readonly number[]): void {
    for (const partition of partitions) {
      this.partitions.get(partition)?.revoke();
      this.partitions.delete(partition);
    }
    this.courier.dropRevoked();
    this.openAlerts.forget(new Set(partitions));
    this.wake();
  }

  private async take(batch: RecordBatch): Promise<void> {
    const progress = this.partitions.get(batch.partition);
    if (progress === undefined) return;
    for (const record of batch.records) {
      while (this.isFull(progress) && !progress.revoked && !this.closed) {
        await new Promise<void>((resolve) => this.waiters.add(resolve));
      }
      if (progress.revoked || this.closed) return;
      progress.take(record.offset);
      this.takeRecord(record, progress);
    }
  }

  private isFull(progress: PartitionProgress): boolean {
    return this.courier.size >= this.parts.policy.maxWaiting || progress.open >= MAX_AHEAD;
  }

  private takeRecord(record: LogRecord, progress: PartitionProgress): void {
    const { sink, journal, clock, onEnd } = this.parts;
    const alert = alertOf(record);
    const end = (why: DeliveryEnd, entry?: OutboxEntry): void => {
      (entry?.progress ?? progress).end(entry?.offset ?? record.offset);
      onEnd(why, entry);
    };
    if (alert === undefined) return end('malformed');
    if (sink.repeatEveryMs !== undefined) this.takeOpen(alert, record.partition);
    if (!this.isWanted(alert)) return end('passed-over');
    if (journal.hasEnded(alert.alertId, alert.sequence)) return end('already-ended');
    const { partition, offset, timestampMs } = record;
    const replaced = this.courier.add({
      ...{ alert, deliveryId: deliveryIdOf(alert), progress, partition, offset, timestampMs },
      ...{ takenAtMs: clock.nowMs(), attempts: 0, failures: 0, problem: undefined, verdict: undefined },
    });
    for (const one of replaced) end('superseded', one);
  }

  private takeOpen(alert: Alert, partition: number): void {
    this.openAlerts.take(alert, partition, this.parts.sink.concerns(alert));
  }

  /** Whether the sink is to hear of it: what concerns it, and the end of all it was told of, also of a stay that has moved out of its wards. */
  private isWanted(alert: Alert): boolean {
    const { sink, journal } = this.parts;
    if (sink.concerns(alert)) return true;
    return alert.state === 'resolved' && (journal.knows(alert.alertId) || this.courier.holds(alert));
  }

  /** Dead letter first, then the journal, then the offset: a crash between them repeats, and loses nothing. */
  private async record(entry: OutboxEntry, verdict: Verdict): Promise<void> {
    const { end, detail } = verdict;
    if (end === 'refused' || end === 'exhausted') await this.bury(entry, end, detail ?? '');
    const { alertId, sequence } = entry.alert;
    if (end !== 'already-ended') {
      await this.parts.journal.end(alertId, sequence).catch((error: unknown) => {
        this.parts.onFailure(error instanceof Error ? error : new Error(String(error)));
        throw error;
      });
    }
    entry.progress.end(entry.offset);
    this.parts.onEnd(end, entry);
    this.wake();
  }

  private async bury(entry: OutboxEntry, reason: UndeliveredAlert['reason'], detail: string): Promise<void> {
    const { alert, partition, offset, attempts, timestampMs, deliveryId } = entry;
    const sink = this.parts.sink.name;
    const letter: UndeliveredAlert = {
      ...{ sink, topic: TOPICS.alerts, partition, offset: String(offset), reason, detail, attempts, alert },
    };
    const id = `${sink}|${deliveryId}`;
    const attributes = {
      type: UNDELIVERED_ALERT,
      source: '/vigil/alerter',
      id,
      key: alert.stayId,
      timeMs: timestampMs,
    };
    await this.parts.log.append(TOPICS.deadLetters, [encodeEvent(attributes, letter)]);
  }

  /** Lets batches go on that wait for room, or for the end. */
  private wake(): void {
    const waiters = [...this.waiters];
    this.waiters.clear();
    for (const waiter of waiters) waiter();
  }

  private commitLater(): void {
    this.cancelCommit = this.parts.clock.after(COMMIT_EVERY_MS, () => {
      this.letGoOfLost();
      void this.commit().then(() => {
        if (!this.closed) this.commitLater();
      });
    });
  }

  /** A batch that waits for room holds back the word that its partition is lost, so it is looked for: what waits is the new owner's to send. */
  private letGoOfLost(): void {
    const { subscription } = this;
    if (subscription === undefined) return;
    const held = new Set(subscription.assigned().map(({ partition }) => partition));
    const lost = [...this.partitions.keys()].filter((partition) => !held.has(partition));
    if (lost.length > 0) this.revoked(lost);
  }

  /** A commit that fails costs a look into the journal after a restart, so it is left to the next one. */
  private async commit(): Promise<void> {
    for (const [partition, progress] of this.partitions) {
      const nextOffset = progress.uncommitted();
      if (nextOffset === undefined) continue;
      try {
        await this.subscription?.commit([{ topic: TOPICS.alerts, partition, nextOffset }]);
        progress.wasCommitted(nextOffset);
      } catch (error) {
        if (!(error instanceof EventLogError)) return this.parts.onFailure(error as Error);
      }
    }
  }
}

function alertOf(record: LogRecord): Alert | undefined {
  if (eventType(record.headers) !== ALERT) return undefined;
  const decoded = decodeData(alertSchema, record.value);
  return decoded.ok ? decoded.data : undefined;
}
