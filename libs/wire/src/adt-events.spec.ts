import { describe, expect, it } from '@jest/globals';
import { decodeData } from './cloud-event.js';
import { completedStaySchema } from './completed-stay.js';
import { outcomeOf, stayEndedSchema } from './stay-ended.js';
import { stayAdmittedSchema } from './stay-admitted.js';
import { stayMergedSchema } from './stay-merged.js';
import { windowJoinedSchema } from './window-joined.js';

function read<T>(schema: Parameters<typeof decodeData<T>>[0], data: unknown) {
  return decodeData(schema, Buffer.from(JSON.stringify(data)));
}

describe('stayEndedSchema', () => {
  const end = { stayId: 'a', endedAtMs: 5 };

  it('takes an end with and without outcome and disposition', () => {
    for (const more of [{}, { outcome: 'died' }, { disposition: 'ward' }, { outcome: 'died', disposition: 'died' }]) {
      expect(read(stayEndedSchema, { ...end, ...more })).toMatchObject({ ok: true });
    }
  });

  it('refuses a disposition that contradicts the outcome', () => {
    expect(read(stayEndedSchema, { ...end, outcome: 'survived', disposition: 'died' })).toEqual({
      ok: false,
      problem: 'disposition: contradicts the outcome; expected both to say the same',
    });
  });

  it('knows the outcome in hospital of those who left it, and not of those who went to a ward', () => {
    expect(outcomeOf({ ...end, disposition: 'died' })).toBe('died');
    expect(outcomeOf({ ...end, disposition: 'home' })).toBe('survived');
    expect(outcomeOf({ ...end, disposition: 'ward' })).toBeUndefined();
    expect(outcomeOf({ ...end, disposition: 'ward', outcome: 'died' })).toBe('died');
    expect(outcomeOf(end)).toBeUndefined();
  });
});

describe('stayAdmittedSchema', () => {
  const admission = { site: 'north', ward: 'icu\\1', bed: '3', admittedAtMs: 5, static: {} };

  it('takes a stay whose id has spaces, apostrophes and letters of any script', () => {
    expect(read(stayAdmittedSchema, { ...admission, stayId: "Zoë 'o 患者" })).toMatchObject({ ok: true });
  });

  it.each(['a\\b', 'a\nb', 'a\u0000', '\u007f'])('refuses the id %j, which the history could not keep', (stayId) => {
    expect(read(stayAdmittedSchema, { ...admission, stayId })).toEqual({
      ok: false,
      problem: 'stayId: expected no control characters and no backslashes',
    });
  });
});

describe('the other events of a stay', () => {
  it('refuse names and numbers that do not belong there', () => {
    const merged = { stayId: 'a', survivorStayId: 'b', atMs: 1 };
    expect(read(stayMergedSchema, merged)).toMatchObject({ ok: true });
    expect(read(stayMergedSchema, { ...merged, recordNumber: '4711' })).toMatchObject({ ok: false });
    expect(read(stayMergedSchema, { ...merged, survivorStayId: '' })).toMatchObject({ ok: false });
  });

  it('carry a window as base64 and nothing else', () => {
    const ids = {
      stayId: 'b',
      priorStayId: 'a',
      priorStayIds: ['a'],
      throughStayIds: ['a'],
      atMs: 1,
      withdrawn: false,
    };
    expect(read(windowJoinedSchema, { ...ids, windowBase64: 'AAAA' })).toMatchObject({ ok: true });
    expect(read(windowJoinedSchema, { ...ids, windowBase64: '{}' })).toMatchObject({ ok: false });
  });
});

describe('completedStaySchema', () => {
  it('reads a stay with its days and refuses one of an unknown outcome word', () => {
    const stay = {
      ...{ stayId: 'a', site: 's', ward: 'w', bed: 'b', static: { ageYears: 61 }, admittedAtMs: 0, endedAtMs: 9 },
      ...{ outcome: 'unknown', priorStayIds: [], days: [{ day: 0, windowBase64: 'AAAA' }], omittedDays: 0 },
    };
    expect(read(completedStaySchema, stay)).toEqual({ ok: true, data: stay });
    expect(read(completedStaySchema, { ...stay, outcome: 'transferred' })).toMatchObject({ ok: false });
  });
});
