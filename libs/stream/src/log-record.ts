/** A record to append. */
export interface OutgoingRecord {
  /** Decides the partition. */
  readonly key: string;
  /** Null is a tombstone: it deletes the key from a compacted topic. */
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The record's log timestamp, epoch milliseconds; set by the writer so that a replay keeps the time of its recording. */
  readonly timestampMs: number;
}

/** A record as it stands on the log. */
export interface LogRecord extends OutgoingRecord {
  readonly topic: string;
  readonly partition: number;
  /** Position in the partition. Grows by one a record; gaps occur after compaction. */
  readonly offset: bigint;
}
