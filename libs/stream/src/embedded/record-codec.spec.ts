import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeRecord, encodeRecord } from './record-codec.js';

const anyRecord = fc.record({
  key: fc.string({ unit: 'grapheme' }),
  value: fc.option(fc.uint8Array()),
  headers: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })),
  timestampMs: fc.nat(Number.MAX_SAFE_INTEGER),
});

describe('the stored form of a record', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const decoded = decodeRecord(encodeRecord(record));
        expect({ ...decoded, value: decoded.value && Uint8Array.from(decoded.value) }).toEqual({
          ...record,
          headers: { ...record.headers },
        });
      }),
    );
  });

  it('tells an empty value from a tombstone', () => {
    const record = { key: 'a', headers: {}, timestampMs: 0 };
    expect(decodeRecord(encodeRecord({ ...record, value: new Uint8Array() })).value).toHaveLength(0);
    expect(decodeRecord(encodeRecord({ ...record, value: null })).value).toBeNull();
  });

  it('refuses another format', () => {
    expect(() => decodeRecord(Buffer.from([9, 0, 0]))).toThrow('format 9, expected 1');
  });
});
