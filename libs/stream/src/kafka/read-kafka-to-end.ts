import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, EachBatchPayload, Kafka } from 'kafkajs';
import { MAX_BATCH_BYTES } from '../local/batch-limits.js';
import { Wake } from '../local/wake.js';
import type { LogRecord } from '../log-record.js';
import { attempt } from './attempt.js';
import { FetchBuffer } from './fetch-buffer.js';
import { toEventLogError } from './kafka-errors.js';
import { toLogRecord } from './kafka-records.js';
import { SupervisedConsumer } from './supervised-consumer.js';

/** Without a record for so long, the partitions are asked whether what is missing has been dropped meanwhile. */
const LULL_MS = 2_000;

/** What to read. */
export interface ReadToEndRequest {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly topic: string;
  readonly partitions: readonly number[];
  /** Log timestamp; older records are left out as far as Kafka's time index goes. */
  readonly sinceMs: number | undefined;
}

/** Offsets [next, end) of a partition that are still to be read. */
interface Range {
  next: bigint;
  readonly end: bigint;
}

/**
 * Reads partitions up to their present ends. kafkajs reads only within a group, so this makes one of its own that commits nothing and is
 * gone with its only member.
 */
export async function* readKafkaToEnd(request: ReadToEndRequest): AsyncGenerator<LogRecord> {
  const ranges = await rangesOf(request);
  if (isRead(ranges)) return;
  const reader = new RangeReader(request, ranges);
  try {
    while (true) {
      const { records } = reader.take();
      if (records.length > 0) yield* records;
      else if (isRead(ranges)) return;
      else if (!(await reader.moreWithin(LULL_MS))) await forgetDropped(request, ranges);
    }
  } finally {
    await reader.stop();
  }
}

/** Fetches the ranges into a bounded buffer. */
class RangeReader {
  private readonly wake = new Wake();
  private readonly buffer: FetchBuffer;
  private readonly consumer: SupervisedConsumer;
  private failure: Error | undefined;

  constructor(
    private readonly request: ReadToEndRequest,
    private readonly ranges: Map<number, Range>,
  ) {
    const { kafka, topic } = request;
    this.buffer = new FetchBuffer({ records: 1_000, bytes: MAX_BATCH_BYTES }, (full) => {
      for (const partition of ranges.keys()) this.consumer[full ? 'pause' : 'resume']({ topic, partition });
    });
    this.consumer = new SupervisedConsumer({
      kafka,
      group: `vigil-reader-${randomUUID()}`,
      topics: [topic],
      fromBeginning: true,
      onJoined: (partitions) => partitions.forEach(({ partition }) => this.place(partition)),
      onLost: () => undefined,
      onBatch: (payload) => this.fill(payload),
      onRestart: () => undefined,
      onGivenUp: (error) => {
        this.failure = toEventLogError(`topic ${topic} could not be read`, error);
        this.wake.notify();
      },
    });
  }

  take() {
    return this.buffer.take(0n);
  }

  /** Whether records came within a time; rejects when they never will. */
  async moreWithin(ms: number): Promise<boolean> {
    const cancel = new AbortController();
    const lull = delay(ms, false, { signal: cancel.signal }).catch(() => false);
    const came = await Promise.race([this.wake.sleep().then(() => true), lull]);
    cancel.abort();
    if (this.failure !== undefined) throw this.failure;
    return came;
  }

  stop(): Promise<void> {
    return this.consumer.stop();
  }

  /** After every joining kafkajs would start anew. */
  private place(partition: number): void {
    const where = { topic: this.request.topic, partition };
    const range = this.ranges.get(partition);
    if (range === undefined || range.next >= range.end) this.consumer.pause(where);
    else this.consumer.seek(where, range.next.toString());
  }

  private async fill({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
    const range = this.ranges.get(batch.partition);
    if (range === undefined) return;
    const { next, end } = range;
    const records = batch.messages
      .map((message) => toLogRecord(batch.topic, batch.partition, message))
      .filter(({ offset }) => offset >= next && offset < end);
    const reached = BigInt(batch.lastOffset()) + 1n;
    if (reached > next) range.next = reached;
    resolveOffset(batch.lastOffset());
    if (range.next >= end) this.consumer.pause(batch);
    this.buffer.push(records);
    this.wake.notify();
    await heartbeat();
  }
}

async function rangesOf({ admin, topic, partitions, sinceMs }: ReadToEndRequest): Promise<Map<number, Range>> {
  const what = `the ends of topic ${topic} could not be read`;
  const bounds = await attempt(what, () => admin.fetchTopicOffsets(topic));
  const since =
    sinceMs === undefined ? [] : await attempt(what, () => admin.fetchTopicOffsetsByTimestamp(topic, sinceMs));
  const ranges = new Map<number, Range>();
  for (const { partition, low, high } of bounds) {
    if (!partitions.includes(partition)) continue;
    const start = since.find((entry) => entry.partition === partition)?.offset ?? low;
    ranges.set(partition, { next: BigInt(start), end: BigInt(high) });
  }
  return ranges;
}

/** Retention may drop, while we read, what we have not read yet. */
async function forgetDropped({ admin, topic }: ReadToEndRequest, ranges: Map<number, Range>): Promise<void> {
  const bounds = await attempt(`the ends of topic ${topic} could not be read`, () => admin.fetchTopicOffsets(topic));
  for (const { partition, low } of bounds) {
    const range = ranges.get(partition);
    if (range !== undefined && BigInt(low) > range.next) range.next = BigInt(low);
  }
}

function isRead(ranges: ReadonlyMap<number, Range>): boolean {
  return [...ranges.values()].every(({ next, end }) => next >= end);
}
