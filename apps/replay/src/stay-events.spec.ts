import { HOUR_MS, SIGNAL_CATALOGUE } from '#clinical';
import { readDataset } from '#datasets';
import {
  decodeData,
  eventType,
  OBSERVATION,
  observationEventSchema,
  STAY_ADMITTED,
  STAY_ENDED,
  stayAdmittedSchema,
  stayEndedSchema,
} from '#wire';
import { describe, expect, it } from '@jest/globals';
import { collectAll } from '../../../test/support/collect-all.js';
import { eventAt, eventCount, eventTimeMs } from './stay-events.js';

const SCHEMAS = {
  [STAY_ADMITTED]: stayAdmittedSchema,
  [OBSERVATION]: observationEventSchema,
  [STAY_ENDED]: stayEndedSchema,
};

async function everyEvent() {
  const [recorded] = await collectAll(readDataset({ id: 'synthetic', stays: 1 }));
  return {
    recorded: recorded!,
    events: Array.from({ length: eventCount(recorded!) }, (_, at) => eventAt(recorded!, at)),
  };
}

describe('the events of a stay', () => {
  it('are an admission, its observations and its end, each as its schema says', async () => {
    const { events, recorded } = await everyEvent();
    const types = events.map(({ headers }) => eventType(headers)!);
    expect([types[0], types.at(-1)]).toEqual([STAY_ADMITTED, STAY_ENDED]);
    expect(types.filter((type) => type === OBSERVATION)).toHaveLength(recorded.observations.length);
    for (const { value, headers } of events) {
      const schema = SCHEMAS[eventType(headers) as keyof typeof SCHEMAS];
      expect(decodeData<object>(schema, value)).toMatchObject({ ok: true });
    }
  });

  it('carry the unit of the catalogue and the outcome, which only the last one tells', async () => {
    const { events } = await everyEvent();
    const texts = events.map(({ value }) => Buffer.from(value).toString());
    for (const text of texts.slice(1, -1)) {
      const { signal, unit } = JSON.parse(text) as { signal: keyof typeof SIGNAL_CATALOGUE; unit: string };
      expect(unit).toBe(SIGNAL_CATALOGUE[signal].unit);
    }
    expect(texts.map((text) => text.includes('died'))).toEqual([...Array<boolean>(texts.length - 1).fill(false), true]);
  });

  it('have the log time of their availability, in order, and an id that is theirs alone', async () => {
    const { events, recorded } = await everyEvent();
    const times = events.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(times.slice(1, -1)).toEqual(recorded.observations.map(({ availableAtMs }) => availableAtMs));
    expect(new Set(events.map(({ headers }) => headers['ce_id'])).size).toBe(events.length);
    expect(eventAt(recorded, 5)).toEqual(events[5]);
  });

  it('begin with the admission: what was known before it comes then, and says when it was seen', async () => {
    const { recorded } = await everyEvent();
    const [first, ...rest] = recorded.observations;
    const before = { ...first!, effectiveAtMs: -2 * HOUR_MS, availableAtMs: -HOUR_MS };
    const local = { ...recorded, observations: [before, ...rest] };
    expect([0, 1].map((position) => eventTimeMs(local, position))).toEqual([0, 0]);
    const { value, timestampMs } = eventAt(local, 1);
    expect(timestampMs).toBe(0);
    expect(JSON.parse(Buffer.from(value).toString())).toMatchObject({ availableAtMs: -HOUR_MS });
  });
});
