import type { RangeOptions, Transaction } from 'lmdb';
import { EventLogError } from '../event-log-error.js';
import { HOUSEKEEPING_INTERVAL_MS, TOMBSTONE_RETENTION_MS } from '../local/housekeeping.js';
import type { LogStorage, PartitionBounds, ReadLimit, ReadPage } from '../local/log-storage.js';
import { partitionKey } from '../local/partition-key.js';
import type { LogRecord, OutgoingRecord } from '../log-record.js';
import { partitionOfKey } from '../partition-of-key.js';
import type { CommitPosition, TopicPartition } from '../subscription.js';
import type { TopicSpecification } from '../topic-specification.js';
import { EmbeddedPartition, type DroppedSegment } from './embedded-partition.js';
import type { LogTables, StoredTopic } from './log-tables.js';
import { decodeRecord } from './record-codec.js';
import { offsetKey, offsetOfKey } from './stored-keys.js';

/** Records removed in one transaction; keeps appends from waiting long behind a segment that is dropped. */
const REMOVALS_PER_BATCH = 2_000n;

interface EmbeddedTopic {
  readonly stored: StoredTopic;
  readonly partitions: readonly EmbeddedPartition[];
}

/** Keeps a log in LMDB. Appends of one turn of the event loop share one synchronisation of the disk. */
export class EmbeddedStorage implements LogStorage {
  private readonly topics = new Map<string, EmbeddedTopic>();
  private readonly positions = new Map<string, bigint>();
  private housekeeping: Promise<void> = Promise.resolve();
  private nextHousekeepingMs = 0;
  private broken: Error | undefined;

  constructor(
    private readonly tables: LogTables,
    private readonly now: () => number,
  ) {
    for (const { value } of tables.topics.getRange()) this.remember(value);
    for (const { key, value } of tables.positions.getRange()) {
      const [group, topic, partition] = key;
      this.positions.set(`${partitionKey({ topic, partition })}/${group}`, BigInt(value));
    }
  }

  async createTopic({ name, partitions, cleanup, retentionMs }: TopicSpecification): Promise<void> {
    const id = [...this.topics.values()].reduce((largest, { stored }) => Math.max(largest, stored.id), 0) + 1;
    const stored = { id, name, partitions, cleanup, ...(retentionMs !== undefined && { retentionMs }) };
    this.remember(stored);
    await this.write(() => void this.tables.topics.put(name, stored));
  }

  topic(name: string): TopicSpecification | undefined {
    return this.topics.get(name)?.stored;
  }

  async append({ name }: TopicSpecification, records: readonly OutgoingRecord[]): Promise<void> {
    const { partitions } = this.topics.get(name)!;
    const touched = new Set<EmbeddedPartition>();
    const written = this.write(() => {
      for (const record of records) {
        const partition = partitions[partitionOfKey(record.key, partitions.length)]!;
        partition.write(record);
        touched.add(partition);
      }
      for (const partition of touched) partition.writeHead();
    });
    const ends = [...touched].map((partition) => [partition, partition.writtenEnd()] as const);
    await written;
    this.tables.root.resetReadTxn();
    for (const [partition, end] of ends) partition.markDurable(end);
    this.dropWhatIsOld();
  }

  bounds(partition: TopicPartition): PartitionBounds {
    return this.partition(partition).bounds();
  }

  read(partition: TopicPartition, from: bigint, limit: ReadLimit): ReadPage {
    return this.readRange(partition, from, this.bounds(partition).end, limit);
  }

  *snapshot(partitions: readonly TopicPartition[], limit: ReadLimit, sinceMs: number): Generator<readonly LogRecord[]> {
    this.tables.root.resetReadTxn();
    const transaction = this.tables.root.useReadTransaction();
    const ends = partitions.map((partition) => this.bounds(partition).end);
    try {
      for (const [index, partition] of partitions.entries()) {
        for (let from = this.partition(partition).offsetSince(sinceMs); from < ends[index]!;) {
          const page = this.readRange(partition, from, ends[index]!, limit, transaction);
          if (page.records.length > 0) yield page.records;
          from = page.nextOffset;
        }
      }
    } finally {
      transaction.done();
    }
  }

  committed(group: string, partition: TopicPartition): bigint | undefined {
    return this.positions.get(`${partitionKey(partition)}/${group}`);
  }

  async commit(group: string, positions: readonly CommitPosition[]): Promise<void> {
    await this.write(() => {
      for (const { topic, partition, nextOffset } of positions) {
        void this.tables.positions.put([group, topic, partition], nextOffset.toString());
      }
    });
    for (const position of positions) this.positions.set(`${partitionKey(position)}/${group}`, position.nextOffset);
  }

  async close(): Promise<void> {
    await this.housekeeping;
    await this.tables.root.close();
  }

  /** Runs puts and removes as one transaction. A disk that fails ends the log: what is in memory may be ahead of it. */
  private async write(action: () => void): Promise<void> {
    if (this.broken !== undefined) throw this.broken;
    try {
      await this.tables.root.batch(action);
    } catch (cause) {
      this.broken ??= new EventLogError(
        'unavailable',
        `the embedded log could not write (${reasonOf(cause)}): see to the disk and start again; nothing acknowledged is lost`,
        { cause },
      );
      throw this.broken;
    }
  }

  private remember(stored: StoredTopic): void {
    const partitions = Array.from(
      { length: stored.partitions },
      (_, partition) => new EmbeddedPartition(this.tables, stored, { topicId: stored.id, partition }),
    );
    this.topics.set(stored.name, { stored, partitions });
  }

  private partition({ topic, partition }: TopicPartition): EmbeddedPartition {
    return this.topics.get(topic)!.partitions[partition]!;
  }

  private readRange(
    where: TopicPartition,
    from: bigint,
    end: bigint,
    limit: ReadLimit,
    transaction?: Transaction,
  ): ReadPage {
    const partition = this.partition(where);
    const { oldest } = partition.bounds();
    const range: RangeOptions = {
      start: offsetKey(partition.id, from > oldest ? from : oldest),
      end: offsetKey(partition.id, end),
      limit: limit.records,
      ...(transaction !== undefined && { transaction }),
    };
    const records: LogRecord[] = [];
    let bytes = 0;
    for (const { key, value } of this.tables.records.getRange(range)) {
      bytes += value.byteLength;
      if (records.length > 0 && bytes > limit.bytes) break;
      records.push({
        ...decodeRecord(value),
        topic: where.topic,
        partition: where.partition,
        offset: offsetOfKey(key),
      });
    }
    const last = records.at(-1);
    return { records, nextOffset: last === undefined ? end : last.offset + 1n };
  }

  /** Forgets what is old at once, and takes it off the disk afterwards. */
  private dropWhatIsOld(): void {
    const nowMs = this.now();
    if (nowMs < this.nextHousekeepingMs) return;
    this.nextHousekeepingMs = nowMs + HOUSEKEEPING_INTERVAL_MS;
    const dropped: DroppedSegment[] = [];
    const forgotten = this.write(() => {
      for (const { stored, partitions } of this.topics.values()) {
        for (const partition of partitions) {
          if (stored.cleanup === 'compact') partition.removeTombstonesOlderThan(nowMs - TOMBSTONE_RETENTION_MS);
          else dropped.push(...partition.forgetOlderThan(nowMs - (stored.retentionMs ?? Infinity)));
        }
      }
    });
    this.housekeeping = Promise.all([this.housekeeping, forgotten])
      .then(() => this.remove(dropped))
      .catch(() => undefined); // a write that failed has ended the log, and the next call says so
  }

  private async remove(dropped: readonly DroppedSegment[]): Promise<void> {
    for (const { id, from, to } of dropped) {
      for (let start = from; start < to; start += REMOVALS_PER_BATCH) {
        const end = start + REMOVALS_PER_BATCH < to ? start + REMOVALS_PER_BATCH : to;
        await this.write(() => {
          for (let offset = start; offset < end; offset++) void this.tables.records.remove(offsetKey(id, offset));
          if (end === to) void this.tables.segments.remove(offsetKey(id, from));
        });
      }
    }
  }
}

/** LMDB hides what the system said behind "Commit failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = 'commitError' in error ? error.commitError : undefined;
  return inner instanceof Error ? inner.message : error.message;
}
