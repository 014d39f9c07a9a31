import { HOUSEKEEPING_INTERVAL_MS, TOMBSTONE_RETENTION_MS } from '../local/housekeeping.js';
import type { LogStorage, PartitionBounds, ReadLimit, ReadPage } from '../local/log-storage.js';
import { partitionKey } from '../local/partition-key.js';
import type { LogRecord, OutgoingRecord } from '../log-record.js';
import { partitionOfKey } from '../partition-of-key.js';
import type { CommitPosition, TopicPartition } from '../subscription.js';
import type { TopicSpecification } from '../topic-specification.js';
import { MemoryPartition } from './memory-partition.js';

interface MemoryTopic {
  readonly specification: TopicSpecification;
  readonly partitions: readonly MemoryPartition[];
}

/** Keeps a log in memory: nothing survives the process, and its size is bounded by the topics' retention alone. */
export class MemoryStorage implements LogStorage {
  private readonly topics = new Map<string, MemoryTopic>();
  private readonly positions = new Map<string, bigint>();
  private nextHousekeepingMs = 0;

  constructor(private readonly now: () => number) {}

  async createTopic(specification: TopicSpecification): Promise<void> {
    const { name, partitions, cleanup } = specification;
    this.topics.set(name, {
      specification,
      partitions: Array.from(
        { length: partitions },
        (_, partition) => new MemoryPartition({ topic: name, partition }, cleanup === 'compact'),
      ),
    });
  }

  topic(name: string): TopicSpecification | undefined {
    return this.topics.get(name)?.specification;
  }

  async append({ name }: TopicSpecification, records: readonly OutgoingRecord[]): Promise<void> {
    const { partitions } = this.topics.get(name)!;
    for (const record of records) partitions[partitionOfKey(record.key, partitions.length)]!.append(record);
    this.dropWhatIsOld();
  }

  bounds(partition: TopicPartition): PartitionBounds {
    return this.partition(partition).bounds();
  }

  read(partition: TopicPartition, from: bigint, limit: ReadLimit): ReadPage {
    return this.partition(partition).read(from, limit);
  }

  snapshot(partitions: readonly TopicPartition[]): IterableIterator<readonly LogRecord[]> {
    return partitions.map((partition) => this.partition(partition).snapshot()).values();
  }

  committed(group: string, partition: TopicPartition): bigint | undefined {
    return this.positions.get(`${partitionKey(partition)}/${group}`);
  }

  async commit(group: string, positions: readonly CommitPosition[]): Promise<void> {
    for (const position of positions) this.positions.set(`${partitionKey(position)}/${group}`, position.nextOffset);
  }

  async close(): Promise<void> {}

  private partition({ topic, partition }: TopicPartition): MemoryPartition {
    return this.topics.get(topic)!.partitions[partition]!;
  }

  private dropWhatIsOld(): void {
    const nowMs = this.now();
    if (nowMs < this.nextHousekeepingMs) return;
    this.nextHousekeepingMs = nowMs + HOUSEKEEPING_INTERVAL_MS;
    for (const { specification, partitions } of this.topics.values()) {
      for (const partition of partitions) {
        if (specification.cleanup === 'compact') partition.dropTombstonesOlderThan(nowMs - TOMBSTONE_RETENTION_MS);
        else partition.dropOlderThan(nowMs - (specification.retentionMs ?? Infinity));
      }
    }
  }
}
