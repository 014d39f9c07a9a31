import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TrainingNeighbours } from './training-neighbours.js';

/** Five stays on a line; the two at the right died. */
const ON_A_LINE = [0, 1, 2, 10, 12.7].map((place) => Float32Array.of(place, 0));
const DIED = [false, false, false, true, true];

describe('TrainingNeighbours', () => {
  it('counts the deaths among the nearest, by hand', () => {
    const neighbours = TrainingNeighbours.of(ON_A_LINE, DIED);
    expect(neighbours.nearest(Float32Array.of(0.4, 0), 3)).toEqual({ stays: 3, died: 0 });
    // 7 is 3 away from 10, 5 from 2, 5.7 from 12.7
    expect(neighbours.nearest(Float32Array.of(7, 0), 1)).toEqual({ stays: 1, died: 1 });
    expect(neighbours.nearest(Float32Array.of(7, 0), 2)).toEqual({ stays: 2, died: 1 });
    expect(neighbours.nearest(Float32Array.of(7, 0), 3)).toEqual({ stays: 3, died: 2 });
    expect(neighbours.nearest(Float32Array.of(7, 0), 20)).toEqual({ stays: 5, died: 2 });
  });

  it('takes the earlier of two stays that are as near', () => {
    const both = TrainingNeighbours.of([Float32Array.of(1, 0), Float32Array.of(-1, 0)], [true, false]);
    expect(both.nearest(Float32Array.of(0, 0), 1)).toEqual({ stays: 1, died: 1 });
  });

  it('finds what sorting all distances finds, where rounding to steps cannot matter', () => {
    const whole = fc.integer({ min: -127, max: 127 });
    const stays = fc.array(fc.tuple(fc.tuple(whole, whole, whole), fc.boolean()), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(stays, fc.tuple(whole, whole, whole), fc.integer({ min: 1, max: 45 }), (some, own, count) => {
        // one corner at 127, so that a step is exactly 1
        const all = [...some, [[127, 127, 127], true] as const];
        const neighbours = TrainingNeighbours.of(
          all.map(([place]) => Float32Array.from(place)),
          all.map(([, died]) => died),
        );
        const byDistance = all
          .map(([place, died], at) => ({ died, at, far: place.reduce((sum, x, i) => sum + (x - own[i]!) ** 2, 0) }))
          .sort((a, b) => a.far - b.far || a.at - b.at)
          .slice(0, count);
        expect(neighbours.nearest(Float32Array.from(own), count)).toEqual({
          stays: byDistance.length,
          died: byDistance.filter(({ died }) => died).length,
        });
      }),
    );
  });

  it('gives back what was written, in the bytes that its description says', () => {
    const written = TrainingNeighbours.of(ON_A_LINE, DIED);
    const bytes = written.encode();
    expect(bytes).toHaveLength(16 + 5 * 2 + 5);
    const view = new DataView(bytes.buffer);
    expect([0, 4, 8].map((at) => view.getUint32(at, true))).toEqual([1, 5, 2]);
    expect(view.getFloat32(12, true)).toBeCloseTo(0.1, 6);
    expect([...new Int8Array(bytes.buffer, 16, 10)]).toEqual([0, 0, 10, 0, 20, 0, 100, 0, 127, 0]);
    expect([...bytes.slice(26)]).toEqual([0, 0, 0, 1, 1]);
    const read = TrainingNeighbours.decode(bytes);
    expect(read).toEqual(written);
  });

  it('refuses what is no such file, and embeddings that do not fit', () => {
    expect(() => TrainingNeighbours.decode(new Uint8Array(3))).toThrow('not a file of neighbours');
    expect(() => TrainingNeighbours.decode(TrainingNeighbours.of(ON_A_LINE, DIED).encode().slice(1))).toThrow(
      'copy the bundle again',
    );
    expect(() => TrainingNeighbours.of([], [])).toThrow(RangeError);
    expect(() => TrainingNeighbours.of(ON_A_LINE, [true])).toThrow('5 embeddings, 1 outcomes');
    expect(() => TrainingNeighbours.of(ON_A_LINE, DIED).nearest(Float32Array.of(1), 1)).toThrow('expected at least 2');
  });
});
