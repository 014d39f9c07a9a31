import { describe, expect, it } from '@jest/globals';
import type { LogRecord } from '../log-record.js';
import { FetchBuffer } from './fetch-buffer.js';

function record(offset: number, bytes = 100): LogRecord {
  const value = new Uint8Array(bytes);
  return { topic: 't', partition: 0, offset: BigInt(offset), key: 'k', value, headers: {}, timestampMs: 0 };
}

function buffer(limit = { records: 1_000, bytes: 1_000_000 }) {
  const told: boolean[] = [];
  return { told, buffer: new FetchBuffer(limit, (full) => void told.push(full)) };
}

describe('the buffer of fetched records', () => {
  it('gives records in order, in pages of the size asked for, and says where to go on', () => {
    const { buffer: records } = buffer({ records: 2, bytes: 1_000_000 });
    records.push([record(3), record(4), record(7)]);
    expect(records.take(0n).records.map(({ offset }) => offset)).toEqual([3n, 4n]);
    records.push([record(8)]);
    expect(records.take(5n)).toMatchObject({ nextOffset: 9n });
    expect(records.take(9n)).toEqual({ records: [], nextOffset: 9n });
  });

  it('gives one record that is larger than a page', () => {
    const { buffer: records } = buffer({ records: 10, bytes: 500 });
    records.push([record(0, 2_000), record(1, 10)]);
    expect(records.take(0n).records).toHaveLength(1);
    expect(records.take(1n).records).toHaveLength(1);
  });

  it('stops the fetching when it is full and lets it go on at half', () => {
    const { buffer: records, told } = buffer();
    records.push(Array.from({ length: 15_999 }, (_, offset) => record(offset, 1)));
    expect(told).toEqual([]);
    records.push([record(15_999, 1)]);
    expect(told).toEqual([true]);
    for (let taken = 0; taken < 8_000; taken += 1_000) records.take(0n);
    expect(told).toEqual([true]);
    records.take(0n);
    expect(told).toEqual([true, false]);
  });

  it('is full by bytes as well', () => {
    const { buffer: records, told } = buffer();
    records.push([0, 1, 2, 3].map((offset) => record(offset, 1_048_576)));
    expect(told).toEqual([true]);
  });
});
