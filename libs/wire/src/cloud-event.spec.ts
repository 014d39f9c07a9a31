import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeData, encodeEvent, eventType } from './cloud-event.js';
import { OBSERVATION, observationEventSchema } from './observation-event.js';
import { stayAdmittedSchema } from './stay-admitted.js';

const OBSERVED = {
  stayId: 's1',
  signal: 'heart-rate',
  value: 81.5,
  unit: '/min',
  effectiveAtMs: 1_000,
  availableAtMs: 2_000,
  source: 'monitor' as const,
};
const ATTRIBUTES = { type: OBSERVATION, source: '/vigil/test', id: 'a-1', key: 's1', timeMs: 2_000 };

describe('events in CloudEvents binary mode', () => {
  it('carry their attributes as headers and their data as the value', () => {
    const event = encodeEvent(ATTRIBUTES, OBSERVED);
    expect(event.headers).toEqual({
      ce_specversion: '1.0',
      ce_type: 'vigil.observation.v1',
      ce_source: '/vigil/test',
      ce_id: 'a-1',
      ce_time: '1970-01-01T00:00:02.000Z',
      'content-type': 'application/json',
    });
    expect(eventType(event.headers)).toBe(OBSERVATION);
    expect(decodeData(observationEventSchema, event.value)).toEqual({ ok: true, data: OBSERVED });
    expect(encodeEvent(ATTRIBUTES, OBSERVED)).toEqual(event);
  });

  it('say what is wrong with data that does not fit', () => {
    const problem = (value: string | null): string => {
      const decoded = decodeData(observationEventSchema, value === null ? null : Buffer.from(value));
      return decoded.ok ? 'none' : decoded.problem;
    };
    expect(problem(null)).toBe('the record has no value; expected a JSON object');
    expect(problem('{"stayId"')).toContain('not JSON');
    expect(problem(JSON.stringify({ ...OBSERVED, value: 'high' }))).toBe(
      'value: Invalid input: expected number, received string',
    );
    expect(problem(JSON.stringify({ ...OBSERVED, name: 'N. N.' }))).toContain('Unrecognized key');
    expect(problem(JSON.stringify({ ...OBSERVED, source: 'hearsay' }))).toContain('source');
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(typeof decodeData(stayAdmittedSchema, bytes).ok).toBe('boolean');
        },
      ),
    );
  });

  it('are not recognised without the CloudEvents headers', () => {
    expect(eventType({ ce_type: OBSERVATION })).toBeUndefined();
  });
});
