import { open, type Database, type RootDatabase } from 'lmdb';
import type { TopicSpecification } from '../topic-specification.js';

/** A topic as it is stored. */
export interface StoredTopic extends TopicSpecification {
  readonly id: number;
}

/** A run of records of one partition, kept and dropped as one. `next` is the offset after its last record. */
export interface StoredSegment {
  readonly next: string;
  readonly firstTimestampMs: number;
  readonly newestTimestampMs: number;
}

/** Where the newest record of a key stands in a compacted partition. */
export interface StoredLatest {
  readonly offset: string;
  /** Log timestamp of the tombstone, where the newest record is one. */
  readonly tombstoneMs?: number;
}

/** The tables of an embedded log: one LMDB file. */
export interface LogTables {
  readonly root: RootDatabase;
  /** By name. */
  readonly topics: Database<StoredTopic, string>;
  /** By {@link offsetKey} of the record. */
  readonly records: Database<Buffer, Buffer>;
  /** By {@link offsetKey} of the segment's first offset. Every partition has at least one. */
  readonly segments: Database<StoredSegment, Buffer>;
  /** By {@link latestKey}; compacted topics only. */
  readonly latest: Database<StoredLatest, Buffer>;
  /** Next offset by [group, topic, partition]. */
  readonly positions: Database<string, [string, string, number]>;
}

/**
 * Opens the tables. A write resolves once it is synchronised to disk (`overlappingSync: false`: the commit itself waits for it,
 * so there is no moment at which others can read what a power cut could take back).
 */
export function openLogTables(directory: string): LogTables {
  const root = open({ path: directory, maxDbs: 8, overlappingSync: false, noSubdir: false });
  return {
    root,
    topics: root.openDB({ name: 'topics', encoding: 'json' }),
    records: root.openDB({ name: 'records', encoding: 'binary', keyEncoding: 'binary' }),
    segments: root.openDB({ name: 'segments', encoding: 'json', keyEncoding: 'binary' }),
    latest: root.openDB({ name: 'latest', encoding: 'json', keyEncoding: 'binary' }),
    positions: root.openDB({ name: 'positions', encoding: 'string' }),
  };
}
