import { HOUR_MS, OBSERVATION_SOURCES, SIGNAL_IDS, signalDefinition, type Observation } from '#clinical';
import fc from 'fast-check';

/** Admission time that the generated observations refer to, epoch milliseconds. */
export const ADMITTED_AT_MS = Date.UTC(2026, 0, 1, 6, 30);

/** Plausible observations from six hours before admission to sixty hours after it, with delays of up to a day. */
export function anyObservation(): fc.Arbitrary<Observation> {
  return fc
    .record({
      signal: fc.constantFrom(...SIGNAL_IDS),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      sinceAdmissionMs: fc.integer({ min: -6 * HOUR_MS, max: 60 * HOUR_MS }),
      delayMs: fc.integer({ min: 0, max: 24 * HOUR_MS }),
      source: fc.constantFrom(...OBSERVATION_SOURCES),
    })
    .map(({ signal, share, sinceAdmissionMs, delayMs, source }) => {
      const [low, high] = signalDefinition(signal).plausible;
      const effectiveAtMs = ADMITTED_AT_MS + sinceAdmissionMs;
      return {
        signal,
        value: low + share * (high - low),
        effectiveAtMs,
        availableAtMs: effectiveAtMs + delayMs,
        source,
      };
    });
}

/** Observations that crowd into few slots, so that registers really compete. */
export function crowdedObservations(): fc.Arbitrary<Observation[]> {
  const crowded = anyObservation().map((observation) => {
    const effectiveAtMs = ADMITTED_AT_MS + ((observation.effectiveAtMs - ADMITTED_AT_MS) % (2 * HOUR_MS));
    const signal = observation.value % 2 < 1 ? ('heart-rate' as const) : ('lactate' as const);
    return {
      ...observation,
      signal,
      value: Math.round(observation.value) % 30,
      effectiveAtMs,
      availableAtMs: effectiveAtMs + 60_000,
    };
  });
  return fc.array(fc.oneof(crowded, anyObservation()), { maxLength: 60 });
}
