import { beforeEach, describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '#clinical';
import { LIVE_CLOSE_CODES, type LiveErrorCode, type LiveTarget } from '#wire';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { ADMITTED_AT_MS, admission, observation, score } from '../../../../test/support/live/made-events.js';
import { ManualGatewayClock } from '../../../../test/support/live/manual-gateway-clock.js';
import { RecordedSocket } from '../../../../test/support/live/recorded-socket.js';
import { GatewayMetrics } from '../gateway-metrics.js';
import { AGES_POLICY_V1 } from '../ward/ages-policy.js';
import { WardState } from '../ward/ward-state.js';
import { LiveHub, type LiveConnection } from './live-hub.js';
import { LIVE_LIMITS, type LiveLimits } from './live-limits.js';

const at = (minutes: number): number => ADMITTED_AT_MS + minutes * MINUTE_MS;
const ALL: LiveTarget = { kind: 'all' };
const stayTarget = (stayId: string): LiveTarget => ({ kind: 'stay', stayId });

let clock: ManualGatewayClock;
let ward: WardState;

beforeEach(() => {
  clock = new ManualGatewayClock();
  ward = new WardState({ ages: AGES_POLICY_V1, keepEndedMs: 60 * MINUTE_MS, rememberDepartures: 2 });
  for (const stayId of ['a', 'b', 'c']) ward.admit(admission(stayId), at(0));
  ward.admit(admission('d', { ward: 'icu-2' }), at(0));
});

function hubWith(limits: Partial<LiveLimits> = {}): LiveHub {
  const hub = new LiveHub({
    view: { ward, epoch: 'e1', clockMs: () => at(60) },
    clock,
    limits: { ...LIVE_LIMITS, ...limits },
    ages: AGES_POLICY_V1,
    metrics: new GatewayMetrics(new Registry()),
    version: '0.1.0',
    feed: () => ({ state: 'flowing', silentForMs: 0, truncated: false }),
  });
  hub.start();
  return hub;
}

function send(connection: LiveConnection, frame: unknown): void {
  connection.receive(Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame)), false);
}

function connected(hub: LiveHub, target: LiveTarget = ALL, since?: { epoch: string; sequence: number }) {
  const socket = new RecordedSocket();
  const connection = hub.join(socket);
  send(connection, { type: 'subscribe', subscription: 's', target, ...(since ? { since } : {}) });
  return { socket, connection };
}

function takeScore(stayId: string, minute: number, median = 0.2): void {
  const event = score(stayId, at(minute), { risk: { median, low: 0, high: 1 } });
  ward.score(event, JSON.stringify(event), at(minute));
}

const ids = (beds: readonly { stayId: string }[]): string[] => beds.map(({ stayId }) => stayId);

describe('a connection', () => {
  it('is greeted with the version, the disclaimer, the clock and the limits', () => {
    const socket = new RecordedSocket();
    hubWith().join(socket);
    expect(socket.frames).toEqual([
      expect.objectContaining({
        type: 'hello',
        protocol: 1,
        disclaimer: 'Research software, not a medical device.',
        epoch: 'e1',
        sequence: 4,
        clockMs: at(60),
        heartbeatMs: LIVE_LIMITS.heartbeatMs,
      }),
    ]);
  });

  it('gets a snapshot at once, of its target alone', () => {
    const hub = hubWith();
    expect(ids(connected(hub).socket.of('snapshot')[0]!.beds)).toEqual(['a', 'b', 'c', 'd']);
    const oneWard = connected(hub, { kind: 'ward', site: 'north', ward: 'icu-2' }).socket.of('snapshot')[0]!;
    expect(ids(oneWard.beds)).toEqual(['d']);
    expect(oneWard.stays).toEqual([]);
    const oneStay = connected(hub, stayTarget('b')).socket.of('snapshot')[0]!;
    expect([ids(oneStay.beds), ids(oneStay.stays)]).toEqual([['b'], ['b']]);
  });

  it('gets what changes, gathered, the newest of each bed', () => {
    const { socket } = connected(hubWith());
    takeScore('a', 5, 0.1);
    takeScore('a', 10, 0.4);
    takeScore('b', 10, 0.3);
    expect(socket.of('update')).toEqual([]);
    clock.advance(LIVE_LIMITS.gatherMs);
    const [update, ...more] = socket.of('update');
    expect(more).toEqual([]);
    expect(update!.beds.map(({ stayId, risk }) => [stayId, risk!.median])).toEqual([
      ['a', 0.4],
      ['b', 0.3],
    ]);
    expect(update!.sequence).toBe(ward.sequence);
  });

  it('gets the whole score only of the stay that it asked for', () => {
    const hub = hubWith();
    const one = connected(hub, stayTarget('a')).socket;
    const all = connected(hub).socket;
    takeScore('a', 5);
    takeScore('b', 5);
    clock.advance(LIVE_LIMITS.gatherMs);
    expect(one.of('update')[0]).toMatchObject({ beds: [{ stayId: 'a' }], stays: [{ score: { contributions: [{}] } }] });
    expect(all.of('update')[0]!.stays).toEqual([]);
    expect(ids(all.of('update')[0]!.beds)).toEqual(['a', 'b']);
  });

  it('gets nothing for changes elsewhere, nor after it has unsubscribed', () => {
    const hub = hubWith();
    const { socket, connection } = connected(hub, { kind: 'ward', site: 'north', ward: 'icu-2' });
    takeScore('a', 5);
    clock.advance(1_000);
    send(connection, { type: 'unsubscribe', subscription: 's' });
    takeScore('d', 5);
    clock.advance(1_000);
    expect(socket.of('update')).toEqual([]);
    expect(socket.closed).toBeUndefined();
  });

  it('hears which stays have left its ward, by moving or for good', () => {
    const hub = hubWith();
    const { socket } = connected(hub, { kind: 'ward', site: 'north', ward: 'icu-1' });
    ward.admit(admission('a', { ward: 'icu-2' }), at(1));
    ward.end({ stayId: 'b', endedAtMs: at(1) }, at(1));
    ward.sweep(at(61));
    clock.advance(LIVE_LIMITS.gatherMs);
    expect(socket.of('update')[0]!.removed.sort()).toEqual(['a', 'b']);
    expect(ids(socket.of('update')[0]!.beds)).toEqual([]);
  });
});

describe('a resume', () => {
  it('sends what was missed, and nothing else', () => {
    const hub = hubWith();
    const since = { epoch: 'e1', sequence: ward.sequence };
    takeScore('b', 5);
    ward.end({ stayId: 'c', endedAtMs: at(1) }, at(1));
    ward.sweep(at(61));
    const { socket } = connected(hub, ALL, since);
    expect(socket.of('snapshot')).toEqual([]);
    const [resumed] = socket.of('resumed');
    expect(resumed).toMatchObject({ removed: ['c'], sequence: ward.sequence });
    expect(ids(resumed!.beds)).toEqual(['b']);
  });

  it('sends nothing but the position when nothing was missed', () => {
    const { socket } = connected(hubWith(), ALL, { epoch: 'e1', sequence: ward.sequence });
    expect(socket.of('resumed')[0]).toMatchObject({ beds: [], removed: [] });
  });

  it.each([
    ['of another epoch', () => ({ epoch: 'e0', sequence: ward.sequence })],
    ['from the future', () => ({ epoch: 'e1', sequence: ward.sequence + 1 })],
    ['from before departures that were forgotten', () => ({ epoch: 'e1', sequence: 1 })],
  ])('%s gets a snapshot', (_what, since) => {
    for (const name of ['icu-3', 'icu-4', 'icu-5']) ward.admit(admission('d', { ward: name }), at(1));
    const { socket } = connected(hubWith(), ALL, since());
    expect(socket.of('resumed')).toEqual([]);
    expect(ids(socket.of('snapshot')[0]!.beds)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('leaves the client with the same beds as one that never went away', () => {
    const step = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('icu-1', 'icu-2', 'score'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.nat(12), (steps, cut) => {
        ward = new WardState({ ages: AGES_POLICY_V1 });
        for (const stayId of ['a', 'b', 'c', 'd']) ward.admit(admission(stayId), at(0));
        const hub = hubWith();
        const target: LiveTarget = { kind: 'ward', site: 'north', ward: 'icu-1' };
        const stayed = new Map<string, unknown>();
        for (const bed of connected(hub, target).socket.of('snapshot')[0]!.beds) stayed.set(bed.stayId, bed);
        let since = { epoch: 'e1', sequence: ward.sequence };
        steps.forEach(([stayId, what], i) => {
          if (what === 'score') takeScore(stayId, i + 1);
          else ward.admit(admission(stayId, { ward: what }), at(i));
          if (i !== cut) return;
          const { sequence } = applyTo(stayed, connected(hub, target, since).socket);
          since = { epoch: 'e1', sequence };
        });
        applyTo(stayed, connected(hub, target, since).socket);
        const fresh = connected(hub, target).socket.of('snapshot')[0]!.beds;
        expect([...stayed.values()].sort(byStay)).toEqual([...fresh].sort(byStay));
      }),
    );
  });
});

const byStay = (a: unknown, b: unknown): number =>
  (a as { stayId: string }).stayId.localeCompare((b as { stayId: string }).stayId);

function applyTo(held: Map<string, unknown>, socket: RecordedSocket): { sequence: number } {
  const frame = socket.of('resumed')[0];
  if (frame === undefined) return { sequence: 0 };
  for (const stayId of frame.removed) held.delete(stayId);
  for (const bed of frame.beds) held.set(bed.stayId, bed);
  return frame;
}

describe('a client that does not read', () => {
  it('costs a name a stay, and gets the newest of each bed when it reads again', () => {
    const hub = hubWith({ maxUnreadBytes: 2_000 });
    const slow = connected(hub).socket;
    const quick = connected(hub).socket;
    slow.reads = false;
    for (let round = 1; round <= 500; round++) {
      for (const stayId of ['a', 'b', 'c', 'd']) takeScore(stayId, round);
      clock.advance(LIVE_LIMITS.gatherMs);
    }
    expect(quick.of('update')).toHaveLength(500);
    expect(slow.of('update').length).toBeLessThan(4);
    expect(slow.unreadBytes).toBeLessThan(2_000 + 12_000);
    const sentBefore = slow.frames.length;
    slow.reads = true;
    slow.unreadBytes = 0;
    clock.advance(LIVE_LIMITS.gatherMs);
    expect(slow.frames.length).toBe(sentBefore + 1);
    expect(slow.last()).toMatchObject({ type: 'update', sequence: ward.sequence });
    expect(
      slow
        .of('update')
        .at(-1)!
        .beds.map(({ eventTimeMs }) => eventTimeMs),
    ).toEqual(Array(4).fill(at(500)));
  });

  it('is not sent a snapshot either until it has read', () => {
    const hub = hubWith({ maxUnreadBytes: 2_000 });
    const { socket, connection } = connected(hub, stayTarget('a'));
    socket.unreadBytes = 3_000;
    send(connection, { type: 'subscribe', subscription: 't', target: ALL });
    clock.advance(1_000);
    expect(socket.of('snapshot')).toHaveLength(1);
    socket.unreadBytes = 0;
    clock.advance(LIVE_LIMITS.gatherMs);
    expect(socket.of('snapshot').map(({ subscription }) => subscription)).toEqual(['s', 't']);
  });

  it('is dropped after a while', () => {
    const hub = hubWith({ maxUnreadBytes: 2_000 });
    const { socket, connection } = connected(hub);
    socket.unreadBytes = 3_000;
    for (let beat = 0; beat < 5; beat++) {
      connection.pong();
      clock.advance(LIVE_LIMITS.heartbeatMs);
    }
    expect(socket.terminated).toBe(true);
    expect(hub.clients).toBe(0);
  });
});

describe('heartbeats', () => {
  it('go to every client with a ping, and a ping frame is answered at once', () => {
    const { socket, connection } = connected(hubWith());
    clock.advance(LIVE_LIMITS.heartbeatMs);
    expect(socket.pings).toBe(1);
    expect(socket.of('heartbeat')).toEqual([expect.objectContaining({ clockMs: at(60), feed: expect.anything() })]);
    send(connection, { type: 'ping', nonce: 'n' });
    expect(socket.last()).toMatchObject({ type: 'heartbeat', nonce: 'n' });
  });

  it('close a client that gives no sign of life, and keep one that answers pings', () => {
    const hub = hubWith();
    const dead = connected(hub).socket;
    const living = connected(hub);
    for (let beat = 0; beat < 5; beat++) {
      living.connection.pong();
      clock.advance(LIVE_LIMITS.heartbeatMs);
    }
    expect(dead.closed).toEqual({ code: LIVE_CLOSE_CODES['heartbeat-missed'], reason: 'heartbeat-missed' });
    expect(living.socket.closed).toBeUndefined();
  });

  it('is not lost because the clock was put forward, nor kept when it was put back', () => {
    const hub = hubWith();
    const living = connected(hub);
    clock.putBy(3_600_000);
    clock.advance(LIVE_LIMITS.heartbeatMs);
    expect(living.socket.closed).toBeUndefined();
    clock.putBy(-3_600_000);
    clock.advance(LIVE_LIMITS.heartbeatMs * 4);
    expect(living.socket.closed?.code).toBe(LIVE_CLOSE_CODES['heartbeat-missed']);
  });
});

describe('what a client may not do', () => {
  const cases: [LiveErrorCode, unknown[]][] = [
    ['malformed-json', ['{']],
    ['unknown-type', [{ type: 'shout' }]],
    ['unknown-type', [{}]],
    ['invalid-frame', ['[]']],
    ['invalid-frame', [{ type: 'subscribe', subscription: 't', target: { kind: 'galaxy' } }]],
    ['frame-too-large', [{ type: 'ping', nonce: 'x'.repeat(5_000) }]],
    [
      'unknown-ward',
      [{ type: 'subscribe', subscription: 't', target: { kind: 'ward', site: 'north', ward: 'icu-9' } }],
    ],
    ['unknown-stay', [{ type: 'subscribe', subscription: 't', target: stayTarget('z') }]],
    ['unknown-subscription', [{ type: 'unsubscribe', subscription: 't' }]],
    ['duplicate-subscription', [{ type: 'subscribe', subscription: 's', target: ALL }]],
    [
      'too-many-subscriptions',
      Array.from({ length: 16 }, (_, i) => ({ type: 'subscribe', subscription: `${i}`, target: ALL })),
    ],
    ['too-many-frames', Array.from({ length: 240 }, () => ({ type: 'ping' }))],
  ];

  it.each(cases)('%s: an error frame, then the close that belongs to it', (code, frames) => {
    const hub = hubWith();
    const { socket, connection } = connected(hub);
    for (const frame of frames) send(connection, frame);
    expect(socket.last()).toMatchObject({ type: 'error', code });
    expect(socket.closed).toEqual({ code: LIVE_CLOSE_CODES[code], reason: code });
    const sent = socket.frames.length;
    takeScore('a', 5);
    send(connection, { type: 'ping' });
    clock.advance(60_000);
    expect(socket.frames).toHaveLength(sent);
    expect(hub.clients).toBe(0);
  });

  it('binary-frame: likewise', () => {
    const { socket, connection } = connected(hubWith());
    connection.receive(Buffer.from('{"type":"ping"}'), true);
    expect(socket.closed?.code).toBe(LIVE_CLOSE_CODES['binary-frame']);
  });

  it('too-many-clients: one more than may is told so, the others stay', () => {
    const hub = hubWith({ maxClients: 1 });
    const first = connected(hub).socket;
    const second = new RecordedSocket();
    hub.join(second);
    expect(second.frames).toEqual([expect.objectContaining({ type: 'error', code: 'too-many-clients' })]);
    expect(second.closed?.code).toBe(1013);
    expect(first.closed).toBeUndefined();
  });

  it('may send its minute of frames again after a minute', () => {
    const { socket, connection } = connected(hubWith());
    for (let i = 0; i < 239; i++) send(connection, { type: 'ping' });
    clock.advance(30_000);
    for (let i = 0; i < 120; i++) send(connection, { type: 'ping' });
    expect(socket.closed).toBeUndefined();
  });
});

describe('the end', () => {
  it('closes every connection and says why', () => {
    const hub = hubWith();
    const { socket } = connected(hub);
    hub.stop();
    ward.observe(observation('a', at(1)), at(1), at(1));
    clock.advance(60_000);
    expect(socket.last()).toMatchObject({ type: 'error', code: 'server-stopping' });
    expect(socket.closed?.code).toBe(1001);
  });
});
