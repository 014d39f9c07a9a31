import type { LogRecord } from '#stream';
import { MinHeap } from '../min-heap.js';

/**
 * Records of several partitions in order of their log timestamps, as far as that keeps the order within each partition. Holds one record a
 * partition.
 */
export async function* mergePartitions(partitions: readonly AsyncIterable<LogRecord>[]): AsyncGenerator<LogRecord> {
  interface Head {
    readonly record: LogRecord;
    readonly rest: AsyncIterator<LogRecord>;
    readonly index: number;
  }
  const heads = new MinHeap<Head>(
    (left, right) => left.record.timestampMs - right.record.timestampMs || left.index - right.index,
  );
  const iterators = partitions.map((records) => records[Symbol.asyncIterator]());
  const advance = async (rest: AsyncIterator<LogRecord>, index: number): Promise<void> => {
    const next = await rest.next();
    if (next.done !== true) heads.push({ record: next.value, rest, index });
  };
  try {
    for (const [index, rest] of iterators.entries()) await advance(rest, index);
    for (let head = heads.pop(); head !== undefined; head = heads.pop()) {
      yield head.record;
      await advance(head.rest, head.index);
    }
  } finally {
    for (const rest of iterators) await rest.return?.();
  }
}
