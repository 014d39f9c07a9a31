import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LIVE_CLIENT_FRAME_TYPES, liveClientFrameSchema } from './live-client-frames.js';
import { LIVE_CLOSE_CODES, LIVE_ERROR_CODES } from './live-error.js';
import { liveServerFrameSchema } from './live-server-frames.js';

const accepts = (frame: unknown): boolean => liveClientFrameSchema.safeParse(frame).success;
const all = { kind: 'all' };

describe("the client's frames", () => {
  it.each([
    [{ type: 'subscribe', subscription: 'a', target: all }],
    [{ type: 'subscribe', subscription: 'a', target: { kind: 'ward', site: 'north', ward: 'icu-1' } }],
    [
      {
        type: 'subscribe',
        subscription: 'a',
        target: { kind: 'stay', stayId: '1' },
        since: { epoch: 'e', sequence: 0 },
      },
    ],
    [{ type: 'unsubscribe', subscription: 'a' }],
    [{ type: 'ping' }],
    [{ type: 'ping', nonce: '1' }],
  ])('takes %j', (frame) => expect(accepts(frame)).toBe(true));

  it.each([
    ['no type', {}],
    ['an unknown type', { type: 'shout' }],
    ['a type of the server', { type: 'snapshot' }],
    ['no target', { type: 'subscribe', subscription: 'a' }],
    ['an unknown target', { type: 'subscribe', subscription: 'a', target: { kind: 'site' } }],
    ['a ward without its site', { type: 'subscribe', subscription: 'a', target: { kind: 'ward', ward: 'icu-1' } }],
    ['a stay without a name', { type: 'subscribe', subscription: 'a', target: { kind: 'stay', stayId: '' } }],
    [
      'a stay with too long a name',
      { type: 'subscribe', subscription: 'a', target: { kind: 'stay', stayId: 'x'.repeat(65) } },
    ],
    ['a subscription without a name', { type: 'subscribe', subscription: '', target: all }],
    ['a field too many', { type: 'ping', extra: 1 }],
    ['a negative sequence', { type: 'subscribe', subscription: 'a', target: all, since: { epoch: 'e', sequence: -1 } }],
    ['a broken sequence', { type: 'subscribe', subscription: 'a', target: all, since: { epoch: 'e', sequence: 1.5 } }],
    ['an array', []],
    ['null', null],
  ])('refuses %s', (_what, frame) => expect(accepts(frame)).toBe(false));

  it('refuses whatever is no frame, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const type = (value as { type?: unknown } | null)?.type;
        fc.pre(!LIVE_CLIENT_FRAME_TYPES.some((known) => known === type));
        expect(accepts(value)).toBe(false);
      }),
    );
  });
});

describe("the server's frames", () => {
  it('carry the times of a bed, never an age of their own', () => {
    const bed = {
      stayId: '1',
      site: 'north',
      ward: 'icu-1',
      bed: '7',
      admittedAtMs: 0,
      sequence: 3,
      technicalState: 'no-score-yet',
      riskTrend: [],
    };
    const update = { type: 'update', sequence: 3, clockMs: 5, beds: [bed], stays: [], removed: [] };
    expect(liveServerFrameSchema.safeParse(update).success).toBe(true);
    expect(liveServerFrameSchema.safeParse({ ...update, beds: [{ ...bed, ageMs: 1 }] }).success).toBe(false);
    expect(liveServerFrameSchema.safeParse({ ...update, beds: [{ ...bed, technicalState: 'fine' }] }).success).toBe(
      false,
    );
  });

  it('say what they are: a hello without the disclaimer is none', () => {
    const hello = {
      type: 'hello',
      protocol: 1,
      server: { name: 'vigil-gateway', version: '0.1.0' },
      disclaimer: 'Research software, not a medical device.',
      epoch: 'e',
      sequence: 0,
      heartbeatMs: 10_000,
      ages: { staleAfterMs: 1, silentAfterMs: 2, scoreOverdueAfterMs: 3, feedSilentAfterMs: 4 },
      limits: { maxFrameBytes: 1, maxSubscriptions: 1, maxFramesPerMinute: 1 },
      feed: { state: 'no-data-yet', truncated: false },
    };
    expect(liveServerFrameSchema.safeParse(hello).success).toBe(true);
    expect(liveServerFrameSchema.safeParse({ ...hello, disclaimer: 'A fine product.' }).success).toBe(false);
    expect(liveServerFrameSchema.safeParse({ ...hello, protocol: 2 }).success).toBe(false);
  });

  it('give every error its own close code, each of those that WebSocket allows', () => {
    const codes = LIVE_ERROR_CODES.map((code) => LIVE_CLOSE_CODES[code]);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes)
      expect([1001, 1003, 1009, 1013].includes(code) || (code >= 4000 && code < 5000)).toBe(true);
  });
});
