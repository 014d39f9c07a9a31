import { describe, expect, it } from '@jest/globals';
import { conditionalAffinities, pairAffinities } from './neighbour-affinities.js';
import { seededRandom } from './seeded-random.js';
import { tsne } from './t-sne.js';

const CLUSTER = 25;

/** Three clusters of 25 points in five dimensions, ten apart. */
function threeClusters(): number[][] {
  const random = seededRandom(13);
  return Array.from({ length: 3 * CLUSTER }, (_, point) =>
    Array.from({ length: 5 }, (__, dimension) => random() + (dimension === Math.floor(point / CLUSTER) ? 10 : 0)),
  );
}

describe('conditionalAffinities', () => {
  it.each([2, 8, 20])('gives every point a perplexity of %d', (perplexity) => {
    const points = threeClusters();
    const affinities = conditionalAffinities(points, perplexity);
    for (let point = 0; point < points.length; point++) {
      const row = affinities.subarray(point * points.length, (point + 1) * points.length);
      expect(row[point]).toBe(0);
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      const entropy = row.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
      expect(Math.exp(entropy)).toBeCloseTo(perplexity, 6);
    }
  });

  it('shares a row evenly among points that coincide, and refuses a perplexity that no row can have', () => {
    const same = [[0], [0], [0], [0], [9]];
    expect(conditionalAffinities(same, 2)[1]).toBeCloseTo(1 / 3, 9);
    expect(() => conditionalAffinities(same, 4)).toThrow('perplexity 4 for 5 points');
  });
});

describe('pairAffinities', () => {
  it('halves and sums both directions, by hand', () => {
    const conditional = Float64Array.from([0, 0.25, 0.75, 0.5, 0, 0.5, 1, 0, 0]);
    expect([...pairAffinities(conditional, 3)]).toEqual([0.75 / 6, 1.75 / 6, 0.5 / 6]);
  });
});

describe('tsne', () => {
  const options = { seed: 3, perplexity: 10, iterations: 500 };

  it('keeps three well separated clusters apart', () => {
    const { positions } = tsne(threeClusters(), options);
    const distance = (a: number, b: number): number =>
      Math.hypot(positions[2 * a]! - positions[2 * b]!, positions[2 * a + 1]! - positions[2 * b + 1]!);
    const clusterOf = (point: number): number => Math.floor(point / CLUSTER);
    for (let point = 0; point < 3 * CLUSTER; point++) {
      const others = Array.from({ length: 3 * CLUSTER }, (_, other) => other).filter((other) => other !== point);
      const farthestOwn = Math.max(
        ...others.filter((other) => clusterOf(other) === clusterOf(point)).map((other) => distance(point, other)),
      );
      const nearestOther = Math.min(
        ...others.filter((other) => clusterOf(other) !== clusterOf(point)).map((other) => distance(point, other)),
      );
      expect(nearestOther).toBeGreaterThan(farthestOwn);
    }
  });

  it('gives the same picture for the same seed, centred, and another for another', () => {
    const few = { ...options, iterations: 60 };
    const { positions } = tsne(threeClusters(), few);
    expect(tsne(threeClusters(), few).positions).toEqual(positions);
    expect(tsne(threeClusters(), { ...few, seed: 4 }).positions).not.toEqual(positions);
    const meanX = positions.reduce((sum, value, at) => (at % 2 === 0 ? sum + value : sum), 0);
    expect(meanX).toBeCloseTo(0, 9);
  });

  it('lowers the divergence, and tells how far it is', () => {
    const told: number[] = [];
    const { klDivergences } = tsne(threeClusters(), {
      ...options,
      iterations: 420,
      onProgress: (iteration) => told.push(iteration),
    });
    expect(told).toEqual([50, 100, 150, 200, 250, 300, 350, 400, 420]);
    expect(klDivergences.map(({ iteration }) => iteration)).toEqual(told);
    const values = klDivergences.map(({ klDivergence }) => klDivergence);
    expect(values.at(-1)).toBeLessThan(values[0]!);
    // once the exaggeration is over every report is lower than the last, down to rounding
    for (let at = 6; at < values.length; at++) expect(values[at]).toBeLessThanOrEqual(values[at - 1]! + 1e-3);
    expect(values.at(-1)).toBeGreaterThan(0);
  });

  it('refuses what it cannot draw', () => {
    expect(() => tsne([[1], [2], [3]], { seed: 1 })).toThrow('at most a third');
    expect(() => tsne([...threeClusters(), [1]], options)).toThrow('point 75 has 1 dimensions, expected 5');
    expect(() => tsne([...threeClusters(), [1, 2, 3, 4, Number.NaN]], options)).toThrow('point 75 has a number');
    expect(() => tsne(new Array<number[]>(5001).fill([1]), options)).toThrow('expected at most 5000');
  });
});
