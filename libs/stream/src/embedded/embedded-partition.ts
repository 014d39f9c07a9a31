import type { PartitionBounds } from '../local/log-storage.js';
import type { OutgoingRecord } from '../log-record.js';
import type { LogTables, StoredLatest, StoredSegment, StoredTopic } from './log-tables.js';
import { encodeRecord } from './record-codec.js';
import { afterPartition, latestKey, offsetKey, offsetOfKey, recordKeyOf, type PartitionId } from './stored-keys.js';

/** A segment spans at most this share of the retention, so a record outlives its retention by at most as much. */
const SEGMENTS_PER_RETENTION = 8;

/** Records of a segment at most; bounds what dropping one costs. */
const MAX_SEGMENT_RECORDS = 100_000n;

/** A segment as it is kept in memory. */
interface Segment {
  readonly base: bigint;
  next: bigint;
  firstTimestampMs: number;
  newestTimestampMs: number;
}

/** Offsets [from, to) of records to remove, with the segment they made up. */
export interface DroppedSegment {
  readonly id: PartitionId;
  readonly from: bigint;
  readonly to: bigint;
}

/** One partition: gives offsets, keeps its segments, and on a compacted topic the newest record of every key. */
export class EmbeddedPartition {
  private readonly segments: Segment[];
  private readonly latest = new Map<string, StoredLatest>();
  private readonly segmentSpanMs: number;
  private durableEnd: bigint;

  constructor(
    private readonly tables: LogTables,
    private readonly topic: StoredTopic,
    readonly id: PartitionId,
  ) {
    const range = { start: offsetKey(id, 0n), end: afterPartition(id) };
    this.segments = [...tables.segments.getRange(range)].map(({ key, value }) => fromStored(offsetOfKey(key), value));
    if (this.segments.length === 0) this.segments.push(emptySegment(0n));
    for (const { key, value } of tables.latest.getRange(range)) this.latest.set(recordKeyOf(key), value);
    this.segmentSpanMs =
      topic.cleanup === 'delete' ? (topic.retentionMs ?? Infinity) / SEGMENTS_PER_RETENTION : Infinity;
    this.durableEnd = this.active.next;
  }

  bounds(): PartitionBounds {
    return { oldest: this.segments[0]!.base, end: this.durableEnd };
  }

  /** First offset of the oldest segment that has a record at or after the log timestamp; the end where none has. */
  offsetSince(timestampMs: number): bigint {
    const segment = this.segments.find(({ newestTimestampMs }) => newestTimestampMs >= timestampMs);
    return segment?.base ?? this.active.next;
  }

  /** Offset after the last record written, durable or not yet. */
  writtenEnd(): bigint {
    return this.active.next;
  }

  /** Everything before the offset is on disk. */
  markDurable(end: bigint): void {
    if (end > this.durableEnd) this.durableEnd = end;
  }

  /** Writes a record within the running batch; `writeHead` must follow in the same batch. */
  write(record: OutgoingRecord): void {
    this.rollIfFull(record.timestampMs);
    const { active } = this;
    const offset = active.next;
    void this.tables.records.put(offsetKey(this.id, offset), encodeRecord(record));
    if (this.topic.cleanup === 'compact') this.supersede(record, offset);
    if (offset === active.base) active.firstTimestampMs = record.timestampMs;
    active.newestTimestampMs = Math.max(active.newestTimestampMs, record.timestampMs);
    active.next += 1n;
  }

  /** Writes where the partition now ends. */
  writeHead(): void {
    const { base, next, firstTimestampMs, newestTimestampMs } = this.active;
    const head = { next: next.toString(), firstTimestampMs, newestTimestampMs: finite(newestTimestampMs) };
    void this.tables.segments.put(offsetKey(this.id, base), head);
  }

  /** Forgets the oldest segments whose newest record is older than the log timestamp; the caller removes their records. */
  forgetOlderThan(timestampMs: number): DroppedSegment[] {
    const dropped: DroppedSegment[] = [];
    while (this.segments[0]!.newestTimestampMs < timestampMs && this.segments[0]!.next <= this.durableEnd) {
      const { base, next } = this.segments[0]!;
      if (base === next) break;
      if (this.segments.length === 1) this.startSegment();
      this.segments.shift();
      dropped.push({ id: this.id, from: base, to: next });
    }
    return dropped;
  }

  /** Removes, within the running batch, keys whose tombstone is older than the log timestamp. */
  removeTombstonesOlderThan(timestampMs: number): void {
    for (const [key, { offset, tombstoneMs }] of this.latest) {
      if (tombstoneMs === undefined || tombstoneMs >= timestampMs) continue;
      this.latest.delete(key);
      void this.tables.latest.remove(latestKey(this.id, key));
      void this.tables.records.remove(offsetKey(this.id, BigInt(offset)));
    }
  }

  private get active(): Segment {
    return this.segments.at(-1)!;
  }

  private rollIfFull(timestampMs: number): void {
    const { base, next, firstTimestampMs } = this.active;
    if (this.topic.cleanup === 'compact' || base === next) return;
    if (timestampMs - firstTimestampMs < this.segmentSpanMs && next - base < MAX_SEGMENT_RECORDS) return;
    this.writeHead();
    this.startSegment();
  }

  private startSegment(): void {
    this.segments.push(emptySegment(this.active.next));
    this.writeHead();
  }

  private supersede({ key, value, timestampMs }: OutgoingRecord, offset: bigint): void {
    const previous = this.latest.get(key);
    if (previous !== undefined) void this.tables.records.remove(offsetKey(this.id, BigInt(previous.offset)));
    const latest = { offset: offset.toString(), ...(value === null && { tombstoneMs: timestampMs }) };
    this.latest.set(key, latest);
    void this.tables.latest.put(latestKey(this.id, key), latest);
  }
}

function emptySegment(base: bigint): Segment {
  return { base, next: base, firstTimestampMs: 0, newestTimestampMs: -Infinity };
}

function finite(newestTimestampMs: number): number {
  return Number.isFinite(newestTimestampMs) ? newestTimestampMs : 0;
}

function fromStored(base: bigint, { next, firstTimestampMs, newestTimestampMs }: StoredSegment): Segment {
  return { base, next: BigInt(next), firstTimestampMs, newestTimestampMs };
}
