import { HOUR_MS, signalDefinition, type Observation, type SignalId } from '#clinical';
import type { RecordedStay } from '#datasets';
import fc from 'fast-check';

const SIGNALS = ['heart-rate', 'sodium', 'temperature'] as const satisfies readonly SignalId[];

/** A small recorded stay, admitted at 0, with times that often fall together. */
export function anyStay(stayId: string): fc.Arbitrary<RecordedStay> {
  const observation = fc.record({
    signal: fc.constantFrom(...SIGNALS),
    effectiveAtMs: fc.integer({ min: 0, max: 6 }).map((hour) => hour * HOUR_MS),
    delayMs: fc.integer({ min: 0, max: 2 }).map((hour) => hour * HOUR_MS),
  });
  return fc
    .record({ found: fc.array(observation, { maxLength: 12 }), outcome: fc.constantFrom('died', 'survived') })
    .map(({ found, outcome }) => {
      const observations = found
        .map(({ signal, effectiveAtMs, delayMs }): Observation => {
          const value = signalDefinition(signal).plausible[0];
          return { signal, value, effectiveAtMs, availableAtMs: effectiveAtMs + delayMs, source: 'monitor' };
        })
        .sort((left, right) => left.availableAtMs - right.availableAtMs);
      const stay = { stayId, site: 'site', ward: 'ward', bed: 'bed', admittedAtMs: 0, static: {} };
      const endedAtMs = (observations.at(-1)?.availableAtMs ?? 0) + HOUR_MS;
      return { stay, datasetId: 'synthetic', patientId: stayId, observations, endedAtMs, outcome };
    });
}

/** Up to eight stays of different ids. */
export function anyStays(): fc.Arbitrary<readonly RecordedStay[]> {
  return fc.integer({ min: 1, max: 8 }).chain((count) => {
    return fc.tuple(...Array.from({ length: count }, (_, index) => anyStay(`stay-${index}`)));
  });
}

/** Stays as a source that can be read again and again, and how many were read in the latest reading. */
export class StaysSource {
  read = 0;

  constructor(readonly stays: readonly RecordedStay[]) {}

  readonly source = async function* (this: StaysSource): AsyncGenerator<RecordedStay> {
    this.read = 0;
    for (const recorded of this.stays) {
      this.read += 1;
      yield await Promise.resolve(recorded);
    }
  }.bind(this);
}
