import { describe, expect, it } from '@jest/globals';
import type { LiveClientFrame, LiveError, LivePosition, LiveServerFrame } from '#wire';
import { helloOf, updateOf } from '../../../../test/support/live-frames.js';
import { HELLO_WITHIN_MS, LiveConnection, LONGEST_WAIT_MS, MISSED_HEARTBEATS, type LineState } from './connection.js';
import type { LiveSocketEvents } from './live-socket.js';
import { EVERY_BED, oneStay } from './subscriptions.js';

/** A connection to a gateway that the test plays, on a clock that the test moves. */
class Rig {
  readonly sockets: { events: LiveSocketEvents; sent: LiveClientFrame[]; isClosed: boolean }[] = [];
  readonly lines: LineState[] = [];
  readonly frames: LiveServerFrame[] = [];
  position: LivePosition | undefined;
  private nowMs = 1_000;
  private timers: { atMs: number; act: () => void }[] = [];
  readonly connection = new LiveConnection({
    open: (events) => {
      const socket = { events, sent: [] as LiveClientFrame[], isClosed: false };
      this.sockets.push(socket);
      return {
        send: (text) => socket.sent.push(JSON.parse(text) as LiveClientFrame),
        close: () => (socket.isClosed = true),
      };
    },
    timers: {
      nowMs: () => this.nowMs,
      after: (delayMs, act) => {
        const timer = { atMs: this.nowMs + delayMs, act };
        this.timers.push(timer);
        return () => (this.timers = this.timers.filter((one) => one !== timer));
      },
    },
    random: () => 0,
    onFrame: (frame) => this.frames.push(frame),
    onLine: (state) => this.lines.push(state),
    positionOf: () => this.position,
  });

  pass(ms: number): void {
    this.nowMs += ms;
    const due = this.timers.filter(({ atMs }) => atMs <= this.nowMs);
    this.timers = this.timers.filter(({ atMs }) => atMs > this.nowMs);
    for (const { act } of due) act();
  }

  say(frame: LiveServerFrame | string): void {
    this.sockets.at(-1)!.events.onText(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  get line(): LineState {
    return this.lines.at(-1)!;
  }

  get sent(): LiveClientFrame[] {
    return this.sockets.at(-1)!.sent;
  }
}

function opened(): Rig {
  const rig = new Rig();
  rig.connection.subscribe(EVERY_BED);
  rig.connection.start();
  rig.say(helloOf('a', { heartbeatMs: 5_000 }));
  return rig;
}

const error = (code: LiveError['code'], subscription?: string): LiveError => ({
  type: 'error',
  code,
  message: `because of ${code}`,
  ...(subscription === undefined ? {} : { subscription }),
});

describe('LiveConnection', () => {
  it('subscribes after the hello, not before', () => {
    const rig = new Rig();
    rig.connection.subscribe(EVERY_BED);
    rig.connection.start();
    expect(rig.sent).toEqual([]);
    rig.say(helloOf('a'));
    expect(rig.sent).toEqual([{ type: 'subscribe', subscription: 'beds', target: { kind: 'all' } }]);
    expect(rig.line).toEqual({ line: 'open' });
  });

  it('asks for the alerts with every hello, once it was told to', () => {
    const rig = opened();
    rig.connection.watchAlerts();
    expect(rig.sent.at(-1)).toEqual({ type: 'watch-alerts' });
    rig.sockets[0]!.events.onClose();
    rig.pass(LONGEST_WAIT_MS);
    expect(rig.sent).toEqual([]);
    rig.say(helloOf('b'));
    expect(rig.sent.map(({ type }) => type)).toEqual(['subscribe', 'watch-alerts']);
  });

  it('comes back by itself after a loss and says how far it has read', () => {
    const rig = opened();
    rig.position = { epoch: 'a', sequence: 41 };
    rig.sockets[0]!.events.onClose();
    expect(rig.line).toMatchObject({ line: 'lost', sinceMs: 1_000 });
    rig.pass(LONGEST_WAIT_MS);
    rig.say(helloOf('a'));
    expect(rig.sent).toEqual([
      { type: 'subscribe', subscription: 'beds', target: { kind: 'all' }, since: { epoch: 'a', sequence: 41 } },
    ]);
  });

  it('waits longer after each failure, up to a limit', () => {
    const rig = opened();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      rig.sockets.at(-1)!.events.onClose();
      const { line } = rig;
      if (line.line !== 'lost') throw new Error('expected a lost line');
      const socketsBefore = rig.sockets.length;
      let waited = 0;
      while (rig.sockets.length === socketsBefore) {
        rig.pass(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 7_500, 7_500, 7_500]);
  });

  it('counts the loss from the first failure, not from the latest attempt', () => {
    const rig = opened();
    rig.sockets.at(-1)!.events.onClose();
    rig.pass(250);
    rig.sockets.at(-1)!.events.onClose();
    expect(rig.line).toMatchObject({ line: 'lost', sinceMs: 1_000 });
  });

  it('counts the loss from when something was last told, not from when it was noticed', () => {
    const rig = opened();
    rig.pass(4_000);
    rig.say(updateOf(1, []));
    rig.pass(5_000 * MISSED_HEARTBEATS);
    expect(rig.line).toMatchObject({ line: 'lost', sinceMs: 5_000 });
    rig.pass(LONGEST_WAIT_MS);
    rig.say(helloOf('b'));
    rig.sockets.at(-1)!.events.onClose();
    expect(rig.line).toMatchObject({ line: 'lost', sinceMs: 5_000 });
  });

  it('waits longer each time for a gateway that says hello and then what the page cannot read', () => {
    const rig = opened();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      rig.say('{"type":"snapshot","unheard":"of"}');
      const { line } = rig;
      if (line.line !== 'lost') throw new Error('expected a lost line');
      const socketsBefore = rig.sockets.length;
      waits.push(0);
      while (rig.sockets.length === socketsBefore) {
        rig.pass(50);
        waits[attempt]! += 50;
      }
      rig.say(helloOf('b', { heartbeatMs: 5_000 }));
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 7_500, 7_500, 7_500]);
    rig.say({ type: 'heartbeat', feed: { state: 'flowing', truncated: false } });
    rig.sockets.at(-1)!.events.onClose();
    rig.pass(250);
    expect(rig.sockets.length).toBe(10);
  });

  it('takes missing heartbeats for a loss, and any frame for a sign of life', () => {
    const rig = opened();
    rig.pass(5_000 * MISSED_HEARTBEATS - 1);
    rig.say(updateOf(1, []));
    rig.pass(5_000 * MISSED_HEARTBEATS - 1);
    expect(rig.line.line).toBe('open');
    rig.pass(1);
    expect(rig.line).toMatchObject({ line: 'lost', because: 'nothing was heard from the gateway' });
    expect(rig.sockets[0]!.isClosed).toBe(true);
  });

  it('gives up an attempt that gets no hello', () => {
    const rig = new Rig();
    rig.connection.start();
    rig.pass(HELLO_WITHIN_MS);
    expect(rig.line.line).toBe('lost');
  });

  it('stays away after an error that another attempt cannot mend', () => {
    const rig = opened();
    rig.say(error('invalid-frame'));
    rig.sockets.at(-1)!.events.onClose();
    expect(rig.line).toMatchObject({ line: 'refused', because: 'because of invalid-frame' });
    rig.pass(LONGEST_WAIT_MS * 10);
    expect(rig.sockets.length).toBe(1);
    rig.connection.retryNow();
    expect(rig.sockets.length).toBe(2);
  });

  it.each(['too-slow', 'server-stopping', 'heartbeat-missed', 'too-many-clients'] as const)(
    'comes back after %s',
    (code) => {
      const rig = opened();
      rig.say(error(code));
      rig.sockets.at(-1)!.events.onClose();
      expect(rig.line).toMatchObject({ line: 'lost', because: `because of ${code}` });
    },
  );

  it('comes back without the subscription to a stay that is gone', () => {
    const rig = opened();
    rig.connection.subscribe(oneStay('s1', 1));
    rig.say(error('unknown-stay', 'stay-1'));
    rig.sockets.at(-1)!.events.onClose();
    rig.pass(LONGEST_WAIT_MS);
    rig.say(helloOf('a'));
    expect(rig.sent.map((frame) => 'subscription' in frame && frame.subscription)).toEqual(['beds']);
  });

  it('closes on a frame that does not fit the protocol, rather than show half of it', () => {
    const rig = opened();
    rig.say('{"type":"update","sequence":"seven"}');
    expect(rig.line).toMatchObject({ line: 'lost' });
    expect(rig.frames.map(({ type }) => type)).toEqual(['hello']);
  });

  it('takes nothing from a connection that it has left', () => {
    const rig = opened();
    rig.sockets[0]!.events.onClose();
    rig.sockets[0]!.events.onText(JSON.stringify(updateOf(9, [])));
    expect(rig.frames.length).toBe(1);
  });
});
