import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { madeUpWindows } from '../made-up-windows.js';
import { startingWeights } from '../parts/starting-weights.js';
import { hidePoints, hidePointsUpTo } from './hide-points.js';
import { keyedRandom, normalsOf, shuffle } from './keyed-random.js';
import { consecutiveRows, takeHidden, takeMeasured, takeOutcomes } from './window-batch.js';

describe('what training draws and counts', () => {
  it('hides between 10 and 60 % of the measured entries of a window, and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const random = keyedRandom(key);
        const mask = new Float32Array(5000).map(() => Number(random() < 0.5));
        const hidden = hidePoints(mask, 10, random);
        expect(hidden.every((one, entry) => one === 0 || mask[entry] === 1)).toBe(true);
        const share = hidden.reduce((sum, one) => sum + one, 0) / mask.reduce((sum, one) => sum + one, 0);
        expect(share).toBeGreaterThan(0.07);
        expect(share).toBeLessThan(0.63);
      }),
      { numRuns: 30 },
    );
  });

  it('hides up to another share where it is asked to, and refuses what is no share', () => {
    const random = keyedRandom('wide');
    const mask = new Float32Array(2000).fill(1);
    const shares = Array.from(
      { length: 200 },
      () => hidePointsUpTo(0.95)(mask, 10, random).reduce((sum, one) => sum + one, 0) / mask.length,
    );
    expect(Math.max(...shares)).toBeGreaterThan(0.85);
    expect(Math.max(...shares)).toBeLessThan(0.98);
    expect(Math.min(...shares)).toBeLessThan(0.2);
    expect(() => hidePointsUpTo(1.5)).toThrow('expected a share from 0.1 to 1');
  });

  it('draws normal numbers: mean 0, variance 1, 68 % within one', () => {
    const draws = normalsOf(keyedRandom('normals'), 20_001);
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length).toBeCloseTo(1, 1);
    expect(draws.filter((draw) => Math.abs(draw) < 1).length / draws.length).toBeCloseTo(0.683, 1);
  });

  it('puts into another order, and loses nothing', () => {
    const items = Array.from({ length: 50 }, (_, at) => at);
    const mixed = [...items];
    shuffle(mixed, keyedRandom('order'));
    expect(mixed).not.toEqual(items);
    expect(mixed.sort((a, b) => a - b)).toEqual(items);
  });

  it('starts arrays as planned: Glorot within ±√(6 / (inputs + outputs)), also in each of two directions', () => {
    const plan = [
      { name: 'pair', shape: [2, 4, 2], start: 'glorot' },
      { name: 'ones', shape: [3], start: 'ones' },
      { name: 'zeros', shape: [3], start: 'zeros' },
    ] as const;
    const { pair, ones, zeros } = startingWeights(plan, keyedRandom('start'));
    expect(pair!.values).toHaveLength(16);
    expect(Math.max(...pair!.values.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.max(...pair!.values.map(Math.abs))).toBeGreaterThan(0.7);
    expect(ones!.values).toEqual(Float32Array.of(1, 1, 1));
    expect(zeros!.values).toEqual(Float32Array.of(0, 0, 0));
    expect(() => startingWeights([plan[1], plan[1]], Math.random)).toThrow('"ones" is planned twice');
  });
});

describe('batches', () => {
  const grid = madeUpWindows('batches', 5, 3, 0.6);

  it('takes the windows named, in the order named', () => {
    const { values, labels, count } = takeOutcomes(grid, [4, 1]);
    expect(count).toBe(2);
    expect(values).toEqual(Float32Array.of(...grid.values.slice(24, 30), ...grid.values.slice(6, 12)));
    expect([...labels]).toEqual([grid.labels[4], grid.labels[1]]);
    expect(consecutiveRows(5, 2)).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('leaves nothing under the mask, be it imputed or hidden, and keeps the truth apart', () => {
    const imputed = { ...grid, values: grid.values.map((value, entry) => (grid.mask[entry] === 1 ? value : 7)) };
    expect(takeMeasured(imputed, [0, 1, 2, 3, 4]).values).toEqual(grid.values);
    const hideFirst = (mask: Float32Array): Float32Array => mask.map((one, entry) => (entry === 0 ? one : 0));
    const batch = takeHidden(imputed, [2], hideFirst, Math.random);
    expect(batch.hidden[0]).toBe(grid.mask[12]);
    expect(batch.mask[0]).toBe(0);
    expect(batch.values[0]).toBe(0);
    expect(batch.truth).toEqual(grid.values.slice(12, 18));
    expect(batch.values.slice(1)).toEqual(batch.truth.slice(1));
  });
});
