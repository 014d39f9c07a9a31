import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  alertOrderSchema,
  LIVE_DISCLAIMER,
  LIVE_PATH,
  LIVE_PROTOCOL_VERSION,
  liveClientFrameSchema,
  type Alert,
  type AlertCommand,
  type LiveClientFrame,
  type LiveFeed,
  type LiveHello,
  type LiveServerFrame,
} from '#wire';
import { MadeUpStay } from './made-up-stay.js';

/** What a made-up gateway is made of. */
export interface MadeUpGatewayOptions {
  readonly beds: number;
  /** Updates a second, each of one bed; 0 for a ward that stands still. */
  readonly updatesPerSecond: number;
  /** Built page to serve. */
  readonly pageDir: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** The log's clock at the start; it goes on with the wall clock. */
  readonly startMs: number;
}

const STATE_AFTER = { acknowledge: 'acknowledged', snooze: 'snoozed', resolve: 'resolved' } as const;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

/**
 * Speaks the live protocol over beds with invented values, so that the page can be driven with a number of beds and a rate of updates
 * that no recording has. It has neither log nor history; whatever it says is checked by the page against the protocol's schemas.
 */
export class MadeUpGateway {
  private readonly stays: MadeUpStay[];
  private readonly server = createServer((request, response) => this.answer(request, response));
  private readonly sockets = new WebSocketServer({ server: this.server, path: LIVE_PATH });
  private readonly subscribers = new Map<WebSocket, Set<string>>();
  private readonly watchers = new Set<WebSocket>();
  private readonly alerts = new Map<string, Alert>();
  /** What the page has asked of alerts, in order: action, bed, who, minutes, why. */
  readonly orders: string[] = [];
  private readonly startedMs = Date.now();
  private epoch = 1;
  private sequence = 1;
  private isPaused = false;
  private feedState: LiveFeed['state'] = 'flowing';
  /** Whether requests are turned away for want of a token; connections are left as they are. */
  wantsToken = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: MadeUpGatewayOptions) {
    this.stays = Array.from({ length: options.beds }, (_, number) => new MadeUpStay(number, options.startMs));
    this.sockets.on('connection', (socket) => this.greet(socket));
  }

  /** Starts to serve on loopback; resolves with the address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(this.options.port, '127.0.0.1', resolve));
    if (this.options.updatesPerSecond > 0) {
      this.timer = setInterval(() => this.update(), 1000 / this.options.updatesPerSecond);
    }
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Ends every connection and takes no other, as a gateway that has crashed. */
  pauseService(): void {
    this.isPaused = true;
    this.dropConnections();
  }

  /** Takes connections again, as another start of a gateway: its sequence belongs to a new epoch. */
  resumeService(): void {
    this.epoch += 1;
    this.isPaused = false;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.dropConnections();
    this.sockets.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private dropConnections(): void {
    for (const socket of this.subscribers.keys()) socket.terminate();
  }

  private nowMs(): number {
    return this.options.startMs + (Date.now() - this.startedMs);
  }

  private greet(socket: WebSocket): void {
    if (this.isPaused) {
      socket.terminate();
      return;
    }
    this.subscribers.set(socket, new Set());
    socket.on('close', () => {
      this.subscribers.delete(socket);
      this.watchers.delete(socket);
    });
    socket.on('message', (data: Buffer) => {
      const frame = liveClientFrameSchema.parse(JSON.parse(data.toString('utf8')));
      this.handle(socket, frame);
    });
    this.send(socket, this.hello());
  }

  private handle(socket: WebSocket, frame: LiveClientFrame): void {
    if (frame.type === 'ping') return;
    const stays = this.subscribers.get(socket);
    if (frame.type === 'unsubscribe' || !stays) {
      stays?.clear();
      return;
    }
    if (frame.type !== 'subscribe') return this.tellAlerts(socket, frame.type === 'watch-alerts');
    const { subscription, target } = frame;
    const nowMs = this.nowMs();
    const shown = target.kind === 'stay' ? this.stays.filter(({ stayId }) => stayId === target.stayId) : this.stays;
    if (target.kind === 'stay') stays.add(target.stayId);
    this.send(socket, {
      type: 'snapshot',
      subscription,
      epoch: String(this.epoch),
      sequence: this.sequence,
      clockMs: nowMs,
      beds: shown.map((stay) => stay.bedAt(nowMs, this.sequence)),
      stays: target.kind === 'stay' ? shown.map((stay) => stay.stayAt(nowMs, this.sequence)) : [],
    });
  }

  /** Says in a heartbeat how the feed as a whole is. */
  setFeed(state: LiveFeed['state']): void {
    this.feedState = state;
    for (const socket of this.subscribers.keys()) this.send(socket, { type: 'heartbeat', feed: this.feed() });
  }

  private feed(): LiveFeed {
    return { state: this.feedState, silentForMs: 0, truncated: false };
  }

  /** Puts an alert's state on the page of everyone who watches alerts. */
  setAlert(alert: Alert): void {
    this.alerts.set(alert.alertId, alert);
    for (const socket of this.watchers) this.send(socket, this.alertsFrame(false, [alert]));
  }

  private tellAlerts(socket: WebSocket, watches: boolean): void {
    if (!watches) {
      this.watchers.delete(socket);
      return;
    }
    this.watchers.add(socket);
    this.send(socket, this.alertsFrame(true, [...this.alerts.values()]));
  }

  private alertsFrame(complete: boolean, alerts: Alert[]): LiveServerFrame {
    const state = 'current' as const;
    return { type: 'alerts', complete, clockMs: this.nowMs(), state, truncated: false, alerts, removed: [] };
  }

  private update(): void {
    this.sequence += 1;
    const nowMs = this.nowMs();
    const stay = this.stays[Math.floor(Math.random() * this.stays.length)]!;
    const bed = stay.bedAt(nowMs, this.sequence);
    for (const [socket, opened] of this.subscribers) {
      const stays = opened.has(stay.stayId) ? [stay.stayAt(nowMs, this.sequence)] : [];
      this.send(socket, { type: 'update', sequence: this.sequence, clockMs: nowMs, beds: [bed], stays, removed: [] });
    }
  }

  private hello(): LiveHello {
    return {
      type: 'hello',
      protocol: LIVE_PROTOCOL_VERSION,
      server: { name: 'made-up', version: '0' },
      disclaimer: LIVE_DISCLAIMER,
      epoch: String(this.epoch),
      sequence: this.sequence,
      clockMs: this.nowMs(),
      heartbeatMs: 10_000,
      ages: {
        staleAfterMs: 3_600_000,
        silentAfterMs: 14_400_000,
        scoreOverdueAfterMs: 3_600_000,
        feedSilentAfterMs: 60_000,
      },
      limits: { maxFrameBytes: 16_384, maxSubscriptions: 16, maxFramesPerMinute: 240 },
      feed: this.feed(),
    };
  }

  private send(socket: WebSocket, frame: LiveServerFrame): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname === '/api/wards') {
      const wards = { disclaimer: LIVE_DISCLAIMER, feed: this.feed(), wards: [] };
      response.writeHead(this.wantsToken ? 401 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(wards));
      return;
    }
    const trends = /^\/api\/stays\/([^/]+)\/trends$/.exec(url.pathname);
    if (trends) {
      const stay = this.stays.find(({ stayId }) => stayId === trends[1]);
      const nowMs = this.nowMs();
      const from = Number(url.searchParams.get('from') ?? nowMs - 86_400_000);
      const to = Number(url.searchParams.get('to') ?? nowMs + 1);
      response.setHeader('content-type', 'application/json');
      response.statusCode = stay ? 200 : 404;
      response.end(JSON.stringify(stay?.trends(nowMs, from, to) ?? { code: 'not-found', message: 'no such stay' }));
      return;
    }
    const order = /^\/api\/alerts\/([^/]+)\/(acknowledge|snooze|resolve)$/.exec(url.pathname);
    if (order && request.method === 'POST') {
      this.takeOrder(request, response, order[1]!, order[2] as AlertCommand['action']);
      return;
    }
    this.serveFile(url.pathname, response);
  }

  private takeOrder(
    request: IncomingMessage,
    response: ServerResponse,
    alertId: string,
    action: AlertCommand['action'],
  ): void {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      const { by, why, forMinutes } = alertOrderSchema.parse(JSON.parse(body));
      const alert = this.alerts.get(alertId)!;
      this.orders.push([action, alert.bed, by, ...(forMinutes ? [forMinutes] : []), ...(why ? [why] : [])].join(' '));
      const answer = { disclaimer: LIVE_DISCLAIMER, commandId: 'made-up', action, outcome: 'sent', alert };
      response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      const nowMs = this.nowMs();
      this.setAlert({
        ...{ ...alert, by, sequence: alert.sequence + 1, changedAtMs: nowMs, state: STATE_AFTER[action] },
        ...(why ? { why } : {}),
        ...(forMinutes ? { snoozedUntilMs: nowMs + forMinutes * 60_000 } : {}),
        ...(action === 'resolve' ? { resolution: 'by-person' } : {}),
      });
    });
  }

  private serveFile(path: string, response: ServerResponse): void {
    const file = join(this.options.pageDir, normalize(path === '/' ? '/index.html' : path));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
    createReadStream(file).pipe(response);
  }
}
