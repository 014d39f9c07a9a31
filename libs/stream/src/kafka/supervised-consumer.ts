import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka, TopicOffsets, TopicPartitionOffset } from 'kafkajs';
import type { CommitPosition, TopicPartition } from '../subscription.js';
import { RETRY } from './kafka-client.js';
import { shareByNumber } from './share-by-number.js';

/** How long a fetch waits for a record, and how soon a partition whose fetching was stopped is asked for again. */
const MAX_WAIT_MS = 100;

/** A member that is silent for so long has lost its partitions to the others. */
const SESSION_TIMEOUT_MS = 10_000;
const HEARTBEAT_MS = 1_000;
const REBALANCE_TIMEOUT_MS = 30_000;

/** How long a consumer that is stopped may take to finish its joining. */
const JOIN_PATIENCE_MS = 5_000;

const FETCH_BYTES_PER_PARTITION = 1_048_576;

/** Starts that may fail one after the other, some 3 minutes with the waits between them, before the subscription is given up. */
const MAX_FAILED_STARTS = 20;
const FIRST_RESTART_MS = 250;
const LONGEST_RESTART_MS = 10_000;

/** What a consumer reads and whom it tells. The callbacks are called synchronously with what happened. */
export interface SupervisedConsumerOptions {
  readonly kafka: Pick<Kafka, 'consumer'>;
  /** Waits before a new start; ends early when aborted. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly group: string;
  readonly topics: readonly string[];
  readonly fromBeginning: boolean;
  onJoined(partitions: readonly TopicPartition[]): void;
  /** The partitions held may already be someone else's. */
  onLost(): void;
  onBatch(payload: EachBatchPayload): Promise<void>;
  onRestart(error: Error): void;
  /** It could not be brought back. */
  onGivenUp(error: Error): void;
}

/**
 * A kafkajs consumer that is made anew whenever it dies. kafkajs restarts itself after some errors only; after others ("failed to
 * find group coordinator" among them) it reports a crash and stays dead while its process lives on. So its own restart is off.
 */
export class SupervisedConsumer {
  private consumer: Consumer | undefined;
  private commitOfBatch: EachBatchPayload['commitOffsetsIfNecessary'] | undefined;
  private joined = false;
  private readonly stopping = new AbortController();
  private readonly stopped: Promise<void>;

  constructor(private readonly options: SupervisedConsumerOptions) {
    this.stopped = this.supervise();
  }

  /** Stops fetching of a partition; what is on its way is thrown away and fetched again later. */
  pause({ topic, partition }: TopicPartition): void {
    this.consumer?.pause([{ topic, partitions: [partition] }]);
  }

  resume({ topic, partition }: TopicPartition): void {
    this.consumer?.resume([{ topic, partitions: [partition] }]);
  }

  seek({ topic, partition }: TopicPartition, offset: string): void {
    this.consumer?.seek({ topic, partition, offset });
  }

  /**
   * Commits once, within the present generation of the group. Once a batch has come this is not `consumer.commitOffsets`, which tries
   * again by itself and could so commit a partition under a later generation in which it is another member's.
   */
  async commit(positions: readonly CommitPosition[]): Promise<void> {
    const offsets = positions.map(({ topic, partition, nextOffset }) => ({
      topic,
      partition,
      offset: nextOffset.toString(),
    }));
    if (this.commitOfBatch === undefined) return this.consumer?.commitOffsets(offsets);
    await this.commitOfBatch({ topics: byTopic(offsets) });
  }

  /** Leaves the group. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.stopped;
  }

  private async supervise(): Promise<void> {
    const { signal } = this.stopping;
    for (let failedStarts = 0; ;) {
      const error = await this.live();
      this.options.onLost();
      if (error === undefined || signal.aborted) return;
      failedStarts = this.joined ? 1 : failedStarts + 1;
      if (failedStarts >= MAX_FAILED_STARTS) return this.options.onGivenUp(error);
      this.options.onRestart(error);
      const waitMs = Math.min(LONGEST_RESTART_MS, FIRST_RESTART_MS * 2 ** (failedStarts - 1));
      await (this.options.wait ?? waitUnlessAborted)(waitMs, signal);
      if (signal.aborted) return;
    }
  }

  /** The life of one consumer: resolves with what it died of, or with nothing when it was stopped. */
  private async live(): Promise<Error | undefined> {
    const { signal } = this.stopping;
    const consumer = this.make();
    this.joined = false;
    this.commitOfBatch = undefined;
    this.consumer = consumer;
    const running = this.run(consumer);
    let onAbort = (): void => undefined;
    try {
      return await new Promise<Error | undefined>((resolve, reject) => {
        onAbort = () => resolve(undefined);
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted) resolve(undefined);
        consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
        running.catch(reject);
      });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      signal.removeEventListener('abort', onAbort);
      // a consumer disconnected while it joins would go on trying by itself
      await Promise.race([running.catch(() => undefined), delay(JOIN_PATIENCE_MS, undefined, { ref: false })]);
      this.consumer = undefined;
      await consumer.disconnect().catch(() => undefined);
    }
  }

  private make(): Consumer {
    return this.options.kafka.consumer({
      groupId: this.options.group,
      partitionAssigners: [shareByNumber],
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_TIMEOUT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      maxBytesPerPartition: FETCH_BYTES_PER_PARTITION,
      allowAutoTopicCreation: false,
      retry: { ...RETRY, restartOnFailure: async () => false },
    });
  }

  private async run(consumer: Consumer): Promise<void> {
    consumer.on(consumer.events.REBALANCING, () => this.options.onLost());
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.joined = true;
      const partitions = Object.entries(payload.memberAssignment).flatMap(([topic, numbers]) =>
        numbers.map((partition) => ({ topic, partition })),
      );
      consumer.resume(consumer.paused());
      this.options.onJoined(partitions);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: this.options.fromBeginning });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async (payload) => {
        this.commitOfBatch = payload.commitOffsetsIfNecessary;
        await this.options.onBatch(payload);
      },
    });
  }
}

/** Offsets in the shape of Kafka's commit request. */
function byTopic(offsets: readonly TopicPartitionOffset[]): TopicOffsets[] {
  const topics = new Map<string, TopicOffsets>();
  for (const { topic, ...offset } of offsets) {
    const ofTopic = topics.get(topic) ?? { topic, partitions: [] };
    ofTopic.partitions.push(offset);
    topics.set(topic, ofTopic);
  }
  return [...topics.values()];
}

async function waitUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
