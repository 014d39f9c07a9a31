import { describe, expect, it } from '@jest/globals';
import { bootstrapInterval } from './bootstrap.js';
import { mortalityMetrics } from './mortality-metrics.js';
import { seededRandom } from '../seeded-random.js';

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe('bootstrapInterval', () => {
  it('gives about the textbook interval of a mean', () => {
    const random = seededRandom(11);
    const values = Array.from({ length: 400 }, () => random());
    const { value, low, high } = bootstrapInterval(
      values.map((_, row) => row),
      (rows) => mean(rows.map((row) => values[row]!)),
      { seed: 1 },
    );
    const standardError = Math.sqrt(1 / 12 / 400);
    expect(Math.abs(high - low - 2 * 1.96 * standardError)).toBeLessThan(0.3 * standardError);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('draws patients, not rows: copies of a row make it no surer', () => {
    const values = Array.from({ length: 60 }, (_, row) => (row * 37) % 60);
    const tenfold = values.flatMap((value, patient) => Array.from({ length: 10 }, () => ({ patient, value })));
    const single = bootstrapInterval(
      values.map((_, row) => row),
      (rows) => mean(rows.map((row) => values[row]!)),
      { seed: 5 },
    );
    const copied = bootstrapInterval(
      tenfold.map(({ patient }) => patient),
      (rows) => mean(rows.map((row) => tenfold[row]!.value)),
      { seed: 5 },
    );
    expect(copied.low).toBeCloseTo(single.low, 9);
    expect(copied.high).toBeCloseTo(single.high, 9);
  });

  it('is the same for the same seed and another for another', () => {
    const statistic = (rows: readonly number[]): number => mean(rows.map((row) => Math.sqrt(row)));
    const patients = Array.from({ length: 30 }, (_, row) => `p${row}`);
    expect(bootstrapInterval(patients, statistic, { seed: 2 })).toEqual(
      bootstrapInterval(patients, statistic, { seed: 2 }),
    );
    expect(bootstrapInterval(patients, statistic, { seed: 2 }).low).not.toBe(
      bootstrapInterval(patients, statistic, { seed: 3 }).low,
    );
  });
});

describe('mortalityMetrics', () => {
  it('finds a calibrated score calibrated, and its interval around the truth', () => {
    const random = seededRandom(21);
    const risks = Array.from({ length: 1500 }, () => 0.01 + 0.6 * random() ** 2);
    const labels = risks.map((risk) => (random() < risk ? 1 : 0));
    const metrics = mortalityMetrics(
      { patients: risks.map((_, row) => row), risks, labels },
      { seed: 1, resamples: 60 },
    );
    expect(metrics.deaths).toBe(labels.filter((label) => label === 1).length);
    expect(metrics.calibrationSlope.low).toBeLessThan(1);
    expect(metrics.calibrationSlope.high).toBeGreaterThan(1);
    expect(metrics.auroc.low).toBeLessThan(metrics.auroc.value);
    expect(metrics.auroc.high - metrics.auroc.low).toBeLessThan(0.1);
  });
});
