import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyedNormals } from './keyed-normals.js';
import { philox4x32 } from './philox.js';

describe('philox4x32', () => {
  it('gives the known answers published with Random123 (kat_vectors, philox4x32 10)', () => {
    expect(philox4x32([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    const ones = 0xffffffff;
    expect(philox4x32([ones, ones, ones, ones], [ones, ones])).toEqual([
      0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
    ]);
    expect(philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
    ]);
  });
});

describe('keyedNormals', () => {
  it('depends on the key alone, and a longer sequence starts with the shorter one', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 50 }), fc.nat({ max: 50 }), (key, shorter, more) => {
        const long = keyedNormals(key, shorter + more);
        expect(long).toHaveLength(shorter + more);
        expect(keyedNormals(key, shorter)).toEqual(long.subarray(0, shorter));
      }),
    );
    expect(keyedNormals('stay-1', 8)).not.toEqual(keyedNormals('stay-2', 8));
  });

  it('is standard normal: mean, variance, fourth moment, and no correlation of neighbours', () => {
    const count = 200_000;
    const normals = keyedNormals('moments', count);
    const moment = (power: number): number => normals.reduce((sum, x) => sum + x ** power, 0) / count;
    expect(Math.abs(moment(1))).toBeLessThan(0.01);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.015);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1);
    let neighbours = 0;
    for (let at = 1; at < count; at++) neighbours += (normals[at]! * normals[at - 1]!) / count;
    expect(Math.abs(neighbours)).toBeLessThan(0.01);
  });
});
