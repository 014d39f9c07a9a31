import { describe, expect, it } from '@jest/globals';
import { mortalityMetrics, seededRandom } from '#evaluation';
import { bootstrapInWorkers } from './bootstrap-in-workers.js';

const random = seededRandom(41);
const risks = Array.from({ length: 300 }, () => 0.01 + 0.8 * random() ** 2);
const outcomes = {
  patients: risks.map((_, row) => `p${row % 100}`),
  risks,
  labels: risks.map((risk) => (random() < risk ? 1 : 0)),
};
const options = { seed: 12, resamples: 50, level: 0.9 };

describe('bootstrapInWorkers', () => {
  it.each([1, 2, 3])('gives with %d workers the intervals of one thread', async (threads) => {
    expect(await bootstrapInWorkers(outcomes, { ...options, threads })).toEqual(mortalityMetrics(outcomes, options));
  });

  it('gives the intervals of one thread when there are more workers than resamples', async () => {
    const few = { ...options, resamples: 2 };
    expect(await bootstrapInWorkers(outcomes, { ...few, threads: 3 })).toEqual(mortalityMetrics(outcomes, few));
  });

  it('refuses a table with a label that is neither 0 nor 1', async () => {
    const labels = outcomes.labels.map((label, row) => (row === 3 ? 2 : label));
    await expect(bootstrapInWorkers({ ...outcomes, labels }, options)).rejects.toThrow('label 2 in row 3');
  });
});
