import type { PartitionBounds, ReadLimit, ReadPage } from '../local/log-storage.js';
import type { LogRecord, OutgoingRecord } from '../log-record.js';
import type { TopicPartition } from '../subscription.js';

/** Records of one partition, ascending by offset; gaps where compaction took some. */
export class MemoryPartition {
  private readonly records: LogRecord[] = [];
  private end = 0n;
  /** Last offset of each key, compacted topics only. */
  private readonly newestOfKey = new Map<string, bigint>();

  constructor(
    private readonly partition: TopicPartition,
    private readonly compacted: boolean,
  ) {}

  bounds(): PartitionBounds {
    return { oldest: this.records[0]?.offset ?? this.end, end: this.end };
  }

  /** Keeps a copy of the record, and of a compacted topic's key only this one. */
  append(record: OutgoingRecord): void {
    if (this.compacted) this.supersede(record.key);
    const value = record.value === null ? null : Uint8Array.from(record.value);
    this.records.push({ ...record, ...this.partition, headers: { ...record.headers }, value, offset: this.end });
    this.end += 1n;
  }

  read(from: bigint, limit: ReadLimit): ReadPage {
    const page: LogRecord[] = [];
    let bytes = 0;
    for (let at = this.indexOf(from); at < this.records.length && page.length < limit.records; at++) {
      const record = this.records[at]!;
      bytes += record.value?.byteLength ?? 0;
      if (page.length > 0 && bytes > limit.bytes) break;
      page.push(record);
    }
    const last = page.at(-1);
    return { records: page, nextOffset: last === undefined ? this.end : last.offset + 1n };
  }

  /** The records as they stand now. */
  snapshot(): readonly LogRecord[] {
    return this.records.slice();
  }

  /** Drops the oldest records, up to the first that is not older than the log timestamp. */
  dropOlderThan(timestampMs: number): void {
    const firstKept = this.records.findIndex((record) => record.timestampMs >= timestampMs);
    this.records.splice(0, firstKept < 0 ? this.records.length : firstKept);
  }

  /** Drops tombstones older than the log timestamp. */
  dropTombstonesOlderThan(timestampMs: number): void {
    const dropped = this.records.filter((record) => record.value === null && record.timestampMs < timestampMs);
    for (const { key } of dropped) {
      this.supersede(key);
      this.newestOfKey.delete(key);
    }
  }

  private supersede(key: string): void {
    const previous = this.newestOfKey.get(key);
    if (previous !== undefined) this.records.splice(this.indexOf(previous), 1);
    this.newestOfKey.set(key, this.end);
  }

  private indexOf(offset: bigint): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.records[middle]!.offset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
