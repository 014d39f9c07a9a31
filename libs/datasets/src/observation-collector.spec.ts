import { HOUR_MS, SIGNAL_IDS } from '#clinical';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ObservationCollector, type FoundValue } from './observation-collector.js';
import { ReadReport } from './read-report.js';
import { ResultDelay } from './result-delay.js';

const END_MS = 48 * HOUR_MS;

const foundValue: fc.Arbitrary<FoundValue> = fc.record({
  signal: fc.constantFrom(...SIGNAL_IDS),
  value: fc.oneof(fc.integer({ min: -5, max: 400 }), fc.double()),
  effectiveAtMs: fc.integer({ min: -HOUR_MS, max: END_MS + HOUR_MS }),
  source: fc.constantFrom('manual', 'monitor', 'laboratory'),
});

function collect(values: readonly FoundValue[], report = new ReadReport()) {
  const collector = new ObservationCollector('a', END_MS, new ResultDelay(1), report);
  for (const value of values) collector.add(value);
  return collector.finish();
}

describe('the collector of observations', () => {
  it('gives the same observations in the same order, whatever the order of the rows', () => {
    fc.assert(
      fc.property(fc.array(foundValue, { maxLength: 30 }), (values) => {
        expect(collect([...values].reverse())).toEqual(collect(values));
      }),
    );
  });

  it('keeps or counts every value; what it keeps is within the stay and known in order', () => {
    fc.assert(
      fc.property(fc.array(foundValue, { maxLength: 30 }), (values) => {
        const report = new ReadReport();
        const observations = collect(values, report);
        const skipped = Object.values(report.skippedValues).reduce((sum, count) => sum + count, 0);
        expect(observations.length + skipped).toBe(values.length);
        let lastMs = 0;
        for (const { effectiveAtMs, availableAtMs } of observations) {
          expect(effectiveAtMs).toBeGreaterThanOrEqual(0);
          expect(availableAtMs).toBeGreaterThanOrEqual(Math.max(effectiveAtMs, lastMs));
          expect(availableAtMs).toBeLessThanOrEqual(END_MS);
          lastMs = availableAtMs;
        }
      }),
    );
  });

  it('never makes a value available before it was measured', () => {
    const [observation] = collect([
      { signal: 'sodium', value: 140, effectiveAtMs: HOUR_MS, availableAtMs: 0, source: 'laboratory' },
    ]);
    expect(observation?.availableAtMs).toBe(HOUR_MS);
  });
});
