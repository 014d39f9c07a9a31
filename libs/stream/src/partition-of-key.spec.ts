import { describe, expect, it } from '@jest/globals';
import { murmur2 } from './murmur2.js';
import { partitionOfKey } from './partition-of-key.js';

describe('the partition of a key', () => {
  /** From Kafka's UtilsTest.testMurmur2. */
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Kafka does', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  it('spreads stays over the partitions', () => {
    const counts = new Array<number>(8).fill(0);
    for (let stay = 0; stay < 8_000; stay++) counts[partitionOfKey(`stay-${stay}`, 8)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1_150);
  });
});
