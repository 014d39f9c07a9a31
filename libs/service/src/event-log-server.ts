import { BaseRpcContext, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EventLog, RecordBatch, Subscription, SubscriptionOptions, TopicPartition } from '#stream';
import { LogBatchContext } from './log-batch-context.js';
import { EVENT_LOG_TRANSPORT, logPattern, type LogOccasion } from './log-handlers.js';

const BATCH_PREFIX = logPattern('batch', '');

/** How an app reads the log. */
export interface EventLogServerOptions extends Pick<
  SubscriptionOptions,
  'group' | 'from' | 'maxBatchRecords' | 'onFailure'
> {
  readonly log: EventLog;
}

/**
 * The log as a transport of Nest: methods decorated with `BatchHandler(topic)` receive whole batches of a partition, in order.
 *
 * Nest's own Kafka transport hands over one message at a time and commits by itself; here the handler sees the batch, pauses,
 * resumes and commits. The server closes its subscription but not the log, which others may use.
 */
export class EventLogServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  override transportId = EVENT_LOG_TRANSPORT;
  private subscription: Subscription | undefined;
  private announceSubscription!: (subscription: Subscription) => void;
  private readonly subscribed = new Promise<Subscription>((resolve) => (this.announceSubscription = resolve));

  constructor(private readonly options: EventLogServerOptions) {
    super();
  }

  /** Subscribes to every topic that has a batch handler. */
  listen(callback: (error?: unknown) => void): void {
    this.subscribe().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  async close(): Promise<void> {
    const subscription = this.subscription;
    this.subscription = undefined;
    await subscription?.close();
  }

  on(event: string): never {
    throw new Error(`the event log has no event "${event}"; use BatchHandler, AssignedHandler or RevokedHandler`);
  }

  unwrap<T>(): T {
    return this.subscription as T;
  }

  private async subscribe(): Promise<void> {
    const topics = [...this.messageHandlers.keys()]
      .filter((pattern) => pattern.startsWith(BATCH_PREFIX))
      .map((pattern) => pattern.slice(BATCH_PREFIX.length));
    const { log, ...options } = this.options;
    this.subscription = await log.subscribe({
      ...options,
      topics,
      handler: {
        onAssigned: (partitions) => this.announce('assigned', partitions),
        onRevoked: (partitions) => this.announce('revoked', partitions),
        onBatch: (batch) => this.hand(batch),
      },
    });
    this.announceSubscription(this.subscription);
  }

  private async hand(batch: RecordBatch): Promise<void> {
    const context = new LogBatchContext([batch, await this.subscribed]);
    await this.call('batch', batch.topic, batch, context);
  }

  private async announce(occasion: 'assigned' | 'revoked', partitions: readonly TopicPartition[]): Promise<void> {
    const topics = new Set(partitions.map(({ topic }) => topic));
    for (const topic of topics) {
      const ofTopic = partitions.filter((partition) => partition.topic === topic);
      await this.call(occasion, topic, ofTopic, new BaseRpcContext([ofTopic]));
    }
  }

  private async call(occasion: LogOccasion, topic: string, data: unknown, context: BaseRpcContext): Promise<void> {
    const handler = this.messageHandlers.get(logPattern(occasion, topic));
    const result: unknown = await handler?.(data, context);
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
  }
}
