import {
  LIVE_DISCLAIMER,
  LIVE_PROTOCOL_VERSION,
  type LiveClientFrame,
  type LiveErrorCode,
  type LiveHeartbeat,
  type LiveHello,
  type LiveFeed,
} from '#wire';
import type { GatewayClock } from '../clock.js';
import type { GatewayMetrics } from '../gateway-metrics.js';
import type { AgesPolicy } from '../ward/ages-policy.js';
import { FrameBudget } from './frame-budget.js';
import { LiveClient, type LiveView } from './live-client.js';
import type { LiveLimits } from './live-limits.js';
import type { LiveSocket } from './live-socket.js';
import { parseFrame, type LiveProblem } from './parse-frame.js';

/** What a {@link LiveHub} is made with. */
export interface LiveHubParts {
  readonly view: LiveView;
  readonly clock: GatewayClock;
  readonly limits: LiveLimits;
  readonly ages: AgesPolicy;
  readonly metrics: GatewayMetrics;
  /** Of the gateway's package. */
  readonly version: string;
  /** The feed as a whole, now. */
  readonly feed: () => LiveFeed;
}

/** What a transport tells the hub of one connection. */
export interface LiveConnection {
  receive(data: Buffer, isBinary: boolean): void;
  /** The other side gave a sign of life without a frame. */
  pong(): void;
  /** The connection is gone. */
  closed(): void;
}

interface Member {
  readonly client: LiveClient;
  readonly budget: FrameBudget;
  /** Heartbeats since something was last heard. Counted, for the wall clock may be put forward or back. */
  unanswered: number;
}

const MISSED_HEARTBEATS = 3;

/** Joins the ward's changes with the clients that want them. Knows frames and limits, nothing of sockets. */
export class LiveHub {
  private readonly members = new Set<Member>();
  private readonly stops: (() => void)[] = [];
  private flushedMs = -Infinity;
  private cancelFlush: (() => void) | undefined;

  constructor(private readonly parts: LiveHubParts) {}

  get clients(): number {
    return this.members.size;
  }

  /** Begins to pass changes on and to send heartbeats. */
  start(): void {
    const { view, clock, limits } = this.parts;
    this.stops.push(
      view.ward.onChange((change) => {
        let wanted = false;
        for (const { client } of this.members) if (client.note(change)) wanted = true;
        if (wanted) this.flushSoon();
      }),
      clock.every(limits.heartbeatMs, () => this.beat()),
    );
    if (view.alerts !== undefined) this.stops.push(view.alerts.onChange((alertId) => this.noteAlert(alertId)));
  }

  /** Closes every connection with `server-stopping`. */
  stop(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.cancelFlush?.();
    this.cancelFlush = undefined;
    for (const member of [...this.members]) {
      this.fail(member, { code: 'server-stopping', message: 'the gateway is being stopped; connect again later' });
    }
  }

  /** Takes a new connection: says hello, or says why not and closes. */
  join(socket: LiveSocket): LiveConnection {
    const { view, limits, clock, metrics } = this.parts;
    const counted = countedSocket(socket, metrics);
    const client = new LiveClient(counted, view, limits);
    const member = { client, budget: new FrameBudget(limits.maxFramesPerMinute, clock.nowMs()), unanswered: 0 };
    this.members.add(member);
    if (this.members.size > limits.maxClients) {
      this.fail(member, {
        code: 'too-many-clients',
        message: `${limits.maxClients} clients are connected, which is all that may`,
      });
    } else counted.send(JSON.stringify(this.hello()));
    return {
      receive: (data, isBinary) => this.receive(member, data, isBinary),
      pong: () => void (member.unanswered = 0),
      closed: () => void this.members.delete(member),
    };
  }

  private receive(member: Member, data: Buffer, isBinary: boolean): void {
    if (!this.members.has(member)) return;
    const { clock, limits, metrics } = this.parts;
    member.unanswered = 0;
    metrics.received();
    if (!member.budget.spend(clock.nowMs())) {
      const message = `frames come faster than ${limits.maxFramesPerMinute} a minute; send fewer`;
      return this.fail(member, { code: 'too-many-frames', message });
    }
    const parsed = parseFrame(data, isBinary, limits.maxFrameBytes);
    const problem = 'problem' in parsed ? parsed.problem : this.obey(member.client, parsed.frame);
    if (problem !== undefined) this.fail(member, problem);
  }

  private obey(client: LiveClient, frame: LiveClientFrame): LiveProblem | undefined {
    if (frame.type === 'unsubscribe') return client.unsubscribe(frame.subscription);
    if (frame.type === 'watch-alerts' || frame.type === 'unwatch-alerts') return this.watchAlerts(client, frame.type);
    if (frame.type === 'ping') {
      this.sendHeartbeat(client, frame.nonce);
      return undefined;
    }
    const problem = client.subscribe(frame);
    if (problem === undefined && client.flush(this.parts.clock.nowMs())) this.flushSoon();
    return problem;
  }

  private watchAlerts(client: LiveClient, type: 'watch-alerts' | 'unwatch-alerts'): undefined {
    if (type === 'unwatch-alerts') client.alertWatch.stop();
    else {
      client.alertWatch.start();
      if (client.flush(this.parts.clock.nowMs())) this.flushSoon();
    }
  }

  private noteAlert(alertId: string | undefined): void {
    let wanted = false;
    for (const { client } of this.members) if (client.alertWatch.note(alertId)) wanted = true;
    if (wanted) this.flushSoon();
  }

  /** Sends what has gathered: at once after a quiet time, else `gatherMs` after the last time; again while a client is behind. */
  private flushSoon(): void {
    const { clock, limits } = this.parts;
    const waitMs = Math.min(limits.gatherMs, Math.max(0, this.flushedMs + limits.gatherMs - clock.nowMs()));
    this.cancelFlush ??= clock.after(waitMs, () => {
      this.cancelFlush = undefined;
      const nowMs = clock.nowMs();
      this.flushedMs = nowMs;
      let behind = false;
      for (const { client } of this.members) if (client.flush(nowMs)) behind = true;
      if (behind) this.flushSoon();
    });
  }

  private beat(): void {
    const { clock, limits } = this.parts;
    const nowMs = clock.nowMs();
    for (const member of [...this.members]) {
      if (member.client.isStuck(nowMs)) {
        this.fail(member, { code: 'too-slow', message: `nothing was read for ${limits.maxUnreadMs} ms` });
      } else if (member.unanswered >= MISSED_HEARTBEATS) {
        const message = `nothing was heard for ${MISSED_HEARTBEATS * limits.heartbeatMs} ms; answer WebSocket pings or send a ping frame`;
        this.fail(member, { code: 'heartbeat-missed', message });
      } else {
        member.unanswered += 1;
        this.sendHeartbeat(member.client);
        member.client.socket.ping();
      }
    }
  }

  /** Nothing is sent to a client that is behind, heartbeats neither. */
  private sendHeartbeat(client: LiveClient, nonce?: string): void {
    if (client.isBehind(this.parts.clock.nowMs())) return;
    const heartbeat: LiveHeartbeat = {
      type: 'heartbeat',
      ...this.clockField(),
      feed: this.parts.feed(),
      ...(nonce === undefined ? {} : { nonce }),
    };
    client.socket.send(JSON.stringify(heartbeat));
  }

  private fail(member: Member, problem: LiveProblem & { readonly code: LiveErrorCode }): void {
    this.members.delete(member);
    this.parts.metrics.closedBecause(problem.code);
    member.client.fail(problem);
  }

  private hello(): LiveHello {
    const { view, limits, ages, version, feed } = this.parts;
    const { maxFrameBytes, maxSubscriptions, maxFramesPerMinute } = limits;
    const release = view.ward.release;
    return {
      type: 'hello',
      protocol: LIVE_PROTOCOL_VERSION,
      server: { name: 'vigil-gateway', version },
      disclaimer: LIVE_DISCLAIMER,
      epoch: view.epoch,
      sequence: view.ward.sequence,
      ...this.clockField(),
      heartbeatMs: limits.heartbeatMs,
      ...(release === undefined ? {} : { release }),
      ages: { ...ages },
      limits: { maxFrameBytes, maxSubscriptions, maxFramesPerMinute },
      feed: feed(),
    };
  }

  private clockField(): { clockMs?: number } {
    const clockMs = this.parts.view.clockMs();
    return clockMs === undefined ? {} : { clockMs };
  }
}

function countedSocket(socket: LiveSocket, metrics: GatewayMetrics): LiveSocket {
  return {
    get unreadBytes() {
      return socket.unreadBytes;
    },
    send: (text) => {
      metrics.sent(text.length);
      socket.send(text);
    },
    ping: () => socket.ping(),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}
