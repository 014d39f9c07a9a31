import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import { EventLogError } from '../event-log-error.js';
import { DEFAULT_BATCH_RECORDS, MAX_BATCH_BYTES } from '../local/batch-limits.js';
import { PartitionDelivery } from '../local/partition-delivery.js';
import { partitionKey } from '../local/partition-key.js';
import type { CommitPosition, Subscription, SubscriptionOptions, TopicPartition } from '../subscription.js';
import { FetchBuffer } from './fetch-buffer.js';
import { isTransient, toEventLogError } from './kafka-errors.js';
import { toLogRecord } from './kafka-records.js';
import { SupervisedConsumer, type SupervisedConsumerOptions } from './supervised-consumer.js';

/** Between two attempts of a commit that a broker could not take. */
const COMMIT_RETRY_MS = 100;
const COMMIT_ATTEMPTS = 100;

interface Held {
  readonly delivery: PartitionDelivery;
  readonly buffer: FetchBuffer;
}

/** What a Kafka subscription needs of its log. */
export interface KafkaSubscriptionContext extends Pick<SupervisedConsumerOptions, 'kafka' | 'onRestart'> {
  /** Where a group starts that begins at the end: the end of each partition without a commit, undefined for the others. */
  endsWithoutCommit(group: string, partitions: readonly TopicPartition[]): Promise<readonly (string | undefined)[]>;
}

/**
 * A membership of a Kafka group. Fetching only fills a bounded buffer per partition; the handler is fed from there, so a slow
 * partition holds up neither the others nor the heartbeats. With every rebalance all partitions are revoked, and what is assigned
 * starts at the group's commit: kafkajs knows no cooperative rebalancing.
 */
export class KafkaSubscription implements Subscription {
  /** Resolves with the first assignment; rejects when the subscription dies before. */
  readonly started: Promise<void>;
  private readonly consumer: SupervisedConsumer;
  private held = new Map<string, Held>();
  private epoch = 0;
  /** Calls of the handler about assignments, one after the other. */
  private announcing: Promise<void> = Promise.resolve();
  private hasStarted = false;
  private ended = false;
  private closing: Promise<void> | undefined;
  private markStarted!: () => void;
  private markFailed!: (error: Error) => void;

  constructor(
    private readonly options: SubscriptionOptions,
    private readonly context: KafkaSubscriptionContext,
  ) {
    this.started = new Promise((resolve, reject) => {
      this.markStarted = resolve;
      this.markFailed = reject;
    });
    this.consumer = new SupervisedConsumer({
      kafka: context.kafka,
      group: options.group,
      topics: options.topics,
      fromBeginning: options.from !== 'latest',
      onJoined: (partitions) => this.take(partitions),
      onLost: () => this.release(),
      onBatch: (payload) => this.buffer(payload),
      onRestart: context.onRestart,
      onGivenUp: (error) => this.fail(toEventLogError(`group ${options.group} could not read on`, error)),
    });
  }

  assigned(): readonly TopicPartition[] {
    return [...this.held.values()].map(({ delivery }) => delivery.partition);
  }

  assignmentEpoch(): number {
    return this.epoch;
  }

  pause(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.held.get(partitionKey(partition))?.delivery.setPaused(true);
  }

  resume(partitions: readonly TopicPartition[]): void {
    for (const partition of partitions) this.held.get(partitionKey(partition))?.delivery.setPaused(false);
  }

  async commit(positions: readonly CommitPosition[]): Promise<void> {
    const { epoch } = this;
    for (let attempt = 1; ; attempt++) {
      const lost = positions.find((position) => !this.held.has(partitionKey(position)));
      if (lost !== undefined || epoch !== this.epoch) {
        const partition = partitionKey(lost ?? positions[0]!);
        throw new EventLogError(
          'not-assigned',
          `group ${this.options.group}: ${partition} is not assigned here any more, its position was not committed`,
        );
      }
      try {
        return await this.consumer.commit(positions);
      } catch (error) {
        if (!isTransient(error) || attempt === COMMIT_ATTEMPTS) throw toEventLogError('the commit failed', error);
        await delay(COMMIT_RETRY_MS);
      }
    }
  }

  /** Closed or failed. */
  hasEnded(): boolean {
    return this.ended;
  }

  close(): Promise<void> {
    return (this.closing ??= this.closeOnce());
  }

  private async closeOnce(): Promise<void> {
    this.ended = true;
    await Promise.all([...this.held.values()].map(({ delivery }) => delivery.stop()));
    await this.consumer.stop();
    await this.announcing;
  }

  private take(partitions: readonly TopicPartition[]): void {
    this.release();
    this.epoch += 1;
    if (this.ended) return;
    if (this.options.from === 'latest') partitions.forEach((partition) => this.consumer.pause(partition));
    const ready = this.announcing.then(() => this.prepare(partitions, this.epoch));
    this.announcing = ready.catch(() => undefined);
    for (const partition of partitions) this.held.set(partitionKey(partition), this.hold(partition, ready));
    this.hasStarted = true;
    this.markStarted();
  }

  private async prepare(partitions: readonly TopicPartition[], epoch: number): Promise<void> {
    if (partitions.length === 0 || this.ended) return;
    if (this.options.from === 'latest') await this.startAtEnd(partitions, epoch);
    await this.options.handler.onAssigned?.(partitions);
  }

  /** kafkajs would look the end up with its first fetch, some time after the assignment; what came in between would be skipped. */
  private async startAtEnd(partitions: readonly TopicPartition[], epoch: number): Promise<void> {
    const ends = await this.context.endsWithoutCommit(this.options.group, partitions);
    if (epoch !== this.epoch) return;
    for (const [index, partition] of partitions.entries()) {
      const end = ends[index];
      if (end !== undefined) this.consumer.seek(partition, end);
      this.consumer.resume(partition);
    }
  }

  private hold(partition: TopicPartition, ready: Promise<void>): Held {
    const limit = { records: this.options.maxBatchRecords ?? DEFAULT_BATCH_RECORDS, bytes: MAX_BATCH_BYTES };
    const buffer = new FetchBuffer(limit, (full) => {
      if (full) this.consumer.pause(partition);
      else if (this.held.get(partitionKey(partition))?.buffer === buffer) this.consumer.resume(partition);
    });
    const delivery = new PartitionDelivery(partition, {
      from: 0n,
      read: (from) => buffer.take(from),
      ready,
      onBatch: (batch) => this.options.handler.onBatch(batch),
      onFailure: (error) => this.fail(error),
    });
    return { delivery, buffer };
  }

  /** Gives up everything held at once; the handler hears of it after the batches in hand. */
  private release(): void {
    if (this.held.size === 0) return;
    const deliveries = [...this.held.values()].map(({ delivery }) => delivery);
    this.held = new Map();
    this.epoch += 1;
    const stopped = deliveries.map((delivery) => delivery.stop());
    this.announcing = this.announcing
      .then(() => Promise.all(stopped))
      .then(async () => {
        if (!this.ended) await this.options.handler.onRevoked?.(deliveries.map(({ partition }) => partition));
      })
      .catch((error: unknown) => this.fail(error));
  }

  private async buffer({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
    const held = this.held.get(partitionKey(batch));
    if (held !== undefined) {
      held.buffer.push(batch.messages.map((message) => toLogRecord(batch.topic, batch.partition, message)));
      resolveOffset(batch.lastOffset());
      held.delivery.notify();
    }
    await heartbeat();
  }

  private fail(error: unknown): void {
    if (this.ended) return;
    const failure = error instanceof Error ? error : new Error(String(error));
    void this.close();
    if (this.hasStarted) this.options.onFailure(failure);
    else this.markFailed(failure);
  }
}
