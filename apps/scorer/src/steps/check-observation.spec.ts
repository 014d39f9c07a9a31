import { describe, expect, it } from '@jest/globals';
import type { ObservationEvent } from '#wire';
import { checkObservation, MAX_CLOCK_SKEW_MS } from './check-observation.js';

const AT_MS = 1_700_000_000_000;

function checked(more: Partial<ObservationEvent>, loggedAtMs = AT_MS) {
  const base: ObservationEvent = {
    ...{ stayId: 'a', signal: 'temperature', value: 98.6, unit: '[degF]', source: 'monitor' },
    ...{ effectiveAtMs: AT_MS, availableAtMs: AT_MS },
  };
  return checkObservation({ ...base, ...more }, loggedAtMs);
}

describe('checkObservation', () => {
  it('hands on the value in the stored unit', () => {
    const result = checked({});
    expect(result).toMatchObject({ ok: true, value: { signal: 'temperature', source: 'monitor' } });
    expect(result.ok && result.value.value).toBeCloseTo(37, 10);
  });

  it('names what the catalogue does not know', () => {
    expect(checked({ signal: 'mood' })).toMatchObject({ outcome: 'signal-unknown' });
    expect(checked({ unit: 'mol' })).toMatchObject({
      outcome: 'unit-unknown',
      detail: expect.stringContaining('expected one of Cel'),
    });
  });

  it('judges the future by the log time of the record, not by a clock', () => {
    const ahead = AT_MS + MAX_CLOCK_SKEW_MS;
    expect(checked({ effectiveAtMs: ahead, availableAtMs: ahead })).toMatchObject({ ok: true });
    expect(checked({ effectiveAtMs: ahead + 1, availableAtMs: ahead + 1 })).toMatchObject({ outcome: 'future' });
    expect(checked({ effectiveAtMs: ahead + 1, availableAtMs: ahead + 1 }, AT_MS + 1)).toMatchObject({ ok: true });
  });

  it('refuses what no body does, in the stored unit', () => {
    expect(checked({ value: 200 })).toMatchObject({ outcome: 'implausible' });
    expect(checked({ value: 37, unit: '[degF]' })).toMatchObject({ outcome: 'implausible' });
  });

  it('refuses a value that was available before it was true', () => {
    expect(checked({ availableAtMs: AT_MS - 1 })).toMatchObject({ outcome: 'malformed' });
  });
});
