import { describe, expect, it } from '@jest/globals';
import { OBSERVATION, STAY_ADMITTED } from '#wire';
import { admission, end, event, logged, observation } from '../../../../test/support/scorer/bedside-records.js';
import { decodeEvent } from './decode-event.js';

function decoded(record: Parameters<typeof logged>[0][number]) {
  return decodeEvent(logged([record])[0]!);
}

describe('decodeEvent', () => {
  it.each([
    ['admitted', admission('a')],
    ['observation', observation('a', 0)],
    ['ended', end('a')],
  ])('reads %s', (kind, record) => {
    expect(decoded(record)).toMatchObject({ ok: true, value: { kind, data: { stayId: 'a' } } });
  });

  it('refuses a type that it does not know, and headers that are no CloudEvent', () => {
    expect(decoded(event('vigil.observation.v9', 'a', 0, {}))).toMatchObject({ outcome: 'type-unknown' });
    expect(decoded({ ...observation('a', 0), headers: {} })).toMatchObject({ outcome: 'type-unknown' });
  });

  it('refuses data that is no JSON, not of the schema, or missing', () => {
    const record = observation('a', 0);
    expect(decoded({ ...record, value: Buffer.from('{') })).toMatchObject({ outcome: 'malformed' });
    expect(decoded({ ...record, value: null })).toMatchObject({ outcome: 'malformed' });
    const problem = decoded(event(OBSERVATION, 'a', 0, { stayId: 'a' }));
    expect(problem).toMatchObject({ outcome: 'malformed', detail: expect.stringContaining('signal') });
  });

  it('refuses a record whose key is not its stay: it would stand in another partition', () => {
    expect(decoded({ ...admission('a'), key: 'b' })).toMatchObject({ outcome: 'malformed' });
    expect(decoded(event(STAY_ADMITTED, 'a', 0, {}))).toMatchObject({ outcome: 'malformed' });
  });
});
