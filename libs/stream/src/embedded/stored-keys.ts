/** A partition within the database: the topic's number and the partition's. */
export interface PartitionId {
  readonly topicId: number;
  readonly partition: number;
}

const PREFIX_BYTES = 8;

/** Key of a record or a segment: topic u32, partition u32, offset u64, big-endian, so that keys sort by partition and offset. */
export function offsetKey({ topicId, partition }: PartitionId, offset: bigint): Buffer {
  const key = Buffer.allocUnsafe(PREFIX_BYTES + 8);
  key.writeUInt32BE(topicId, 0);
  key.writeUInt32BE(partition, 4);
  key.writeBigUInt64BE(offset, PREFIX_BYTES);
  return key;
}

/** The offset in an {@link offsetKey}. */
export function offsetOfKey(key: Uint8Array): bigint {
  return new DataView(key.buffer, key.byteOffset, key.byteLength).getBigUint64(PREFIX_BYTES);
}

/** Key of what is known of a record key in a compacted partition: topic u32, partition u32, then the record key in UTF-8. */
export function latestKey({ topicId, partition }: PartitionId, recordKey: string): Buffer {
  const text = Buffer.from(recordKey, 'utf8');
  const key = Buffer.allocUnsafe(PREFIX_BYTES + text.length);
  key.writeUInt32BE(topicId, 0);
  key.writeUInt32BE(partition, 4);
  text.copy(key, PREFIX_BYTES);
  return key;
}

/** The record key in a {@link latestKey}. */
export function recordKeyOf(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset + PREFIX_BYTES, key.byteLength - PREFIX_BYTES).toString('utf8');
}

/** First key after every key of a partition. */
export function afterPartition({ topicId, partition }: PartitionId): Buffer {
  return offsetKey({ topicId, partition: partition + 1 }, 0n);
}
