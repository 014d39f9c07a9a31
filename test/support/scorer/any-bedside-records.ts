import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS, signalDefinition, type SignalId } from '#clinical';
import type { OutgoingRecord } from '#stream';
import { OBSERVATION } from '#wire';
import { admission, end, event, observation } from './bedside-records.js';

const STAYS = ['a', 'b', 'c'] as const;
const stay = fc.constantFrom(...STAYS);
const signal = fc.constantFrom<SignalId>('heart-rate', 'spo2', 'temperature', 'lactate', 'potassium', 'sodium');

/** Good observations; vital signs and laboratory results, some of them delayed. */
function goodObservation(): fc.Arbitrary<OutgoingRecord> {
  const minute = fc.integer({ min: -60, max: 40 * 60 });
  const delayMin = fc.constantFrom(0, 0, 0, 1, 30, 120);
  return fc.record({ stay, signal, minute, delayMin, share: fc.integer({ min: 0, max: 10 }) }).map((drawn) => {
    const { plausible, unit } = signalDefinition(drawn.signal);
    const value = plausible[0] + (drawn.share / 10) * (plausible[1] - plausible[0]);
    const atMs = drawn.minute * MINUTE_MS;
    const { effectiveAtMs } = times(atMs);
    const availableAtMs = effectiveAtMs + drawn.delayMin * MINUTE_MS;
    return observation(drawn.stay, atMs, { signal: drawn.signal, value, unit, availableAtMs });
  });
}

/** Records that end in one of the refusals. */
function badRecord(): fc.Arbitrary<OutgoingRecord> {
  return fc.oneof(
    stay.map((id) => observation(id, HOUR_MS, { signal: 'mood' })),
    stay.map((id) => observation(id, HOUR_MS, { unit: 'mol' })),
    stay.map((id) => observation(id, HOUR_MS, { value: 4_000 })),
    stay.map((id) => observation(id, -90 * HOUR_MS)),
    stay.map((id) => ({ ...observation(id, 60 * HOUR_MS), timestampMs: 0 })),
    stay.map((id) => ({ ...observation(id, 0), value: Buffer.from('not json') })),
    stay.map((id) => event(OBSERVATION, id, 0, { stayId: id })),
    stay.map((id) => event('vigil.unheard-of.v1', id, 0, {})),
    fc.constant(observation('nobody', 0)),
  );
}

/** Partitions' worth of records: admissions first or late or never, good and bad observations, repetitions, ends. */
export function anyBedsideRecords(): fc.Arbitrary<OutgoingRecord[]> {
  const record = fc.oneof(
    { weight: 12, arbitrary: goodObservation() },
    { weight: 2, arbitrary: badRecord() },
    { weight: 1, arbitrary: stay.map((id) => admission(id)) },
    { weight: 1, arbitrary: stay.map((id) => admission(id, { bed: 'moved' })) },
  );
  const ending = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: stay.map((id) => [end(id)]) },
  );
  return fc
    .tuple(
      fc.subarray([...STAYS], { minLength: 1 }),
      fc.array(record, { maxLength: 80 }),
      ending,
      fc.array(record, { maxLength: 5 }),
    )
    .map(([admitted, middle, ended, tail]) => {
      const admissions = admitted.map((id) => admission(id));
      const twice = middle.filter((_, index) => index % 5 === 0);
      return [...admissions, ...middle, ...twice, ...ended, ...tail];
    });
}

function times(sinceAdmissionMs: number): { effectiveAtMs: number } {
  const { value } = observation('a', sinceAdmissionMs);
  return JSON.parse(Buffer.from(value!).toString()) as { effectiveAtMs: number };
}
