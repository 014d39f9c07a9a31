import type { LiveClientFrame, LiveError, LiveErrorCode, LivePosition, LiveServerFrame } from '#wire';
import { backOffMs } from './back-off.js';
import type { LiveSocket, OpenLiveSocket, Timers } from './live-socket.js';
import { readFrame } from './read-frame.js';
import type { WantedSubscription } from './subscriptions.js';

/**
 * How the line to the gateway is:
 *
 * - `connecting`: the first attempt is under way;
 * - `open`: a hello has come;
 * - `lost`: gone, with nothing told since `sinceMs`; the next attempt is at `retryAtMs` on the wall clock (or under way when that has passed);
 * - `refused`: the gateway closed with an error that another attempt cannot mend.
 */
export type LineState =
  | { readonly line: 'connecting' }
  | { readonly line: 'open' }
  | { readonly line: 'lost'; readonly sinceMs: number; readonly retryAtMs: number; readonly because: string }
  | { readonly line: 'refused'; readonly sinceMs: number; readonly because: string };

/** What a connection is made of. */
export interface ConnectionOptions {
  readonly open: OpenLiveSocket;
  readonly timers: Timers;
  readonly random: () => number;
  readonly onFrame: (frame: LiveServerFrame) => void;
  readonly onLine: (state: LineState) => void;
  /** How far a subscription has been read: sent as `since`. */
  readonly positionOf: (subscription: string) => LivePosition | undefined;
}

/** First and longest wait between attempts, milliseconds. */
export const FIRST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 15_000;
/** Silence after which an attempt without hello is given up, milliseconds. */
export const HELLO_WITHIN_MS = 10_000;
/** Missed heartbeats after which the other side counts as gone. */
export const MISSED_HEARTBEATS = 3;

/** Codes after which another attempt makes sense; see `LIVE_CLOSE_CODES`. */
const PASSING_CODES = new Set<LiveErrorCode>([
  'too-many-clients',
  'too-slow',
  'heartbeat-missed',
  'server-stopping',
  'unknown-stay',
]);

/**
 * A line to the gateway that mends itself: back-off between attempts, a watch on the heartbeat, and `since` on every subscription, so that
 * after a loss only what changed is sent. Holds no data: frames go to `onFrame` in the order of their arrival.
 */
export class LiveConnection {
  private readonly wanted = new Map<string, WantedSubscription>();
  private wantsAlerts = false;
  private socket: LiveSocket | undefined;
  private isOpen = false;
  private failures = 0;
  private silenceMs = HELLO_WITHIN_MS;
  private stopTimer: () => void = () => undefined;
  private lastError: { code: LiveErrorCode; message: string } | undefined;
  /** When something was last told, on the wall clock; a hello alone tells nothing of a bed. */
  private toldAtMs: number | undefined;
  private lostSinceMs: number | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  /** Begins to connect. */
  start(): void {
    this.options.onLine({ line: 'connecting' });
    this.attempt();
  }

  /** Tries again at once: a person asked, or the browser says that the network is back. */
  retryNow(): void {
    if (this.isOpen) return;
    this.drop();
    this.attempt();
  }

  /** Asks for a target now and after every reconnection, until {@link unsubscribe}. */
  subscribe(subscription: WantedSubscription): void {
    this.wanted.set(subscription.subscription, subscription);
    if (this.isOpen) this.ask(subscription);
  }

  /** Ends a subscription. */
  unsubscribe(name: string): void {
    if (this.wanted.delete(name) && this.isOpen) this.send({ type: 'unsubscribe', subscription: name });
  }

  /** Asks for the alerts now and after every reconnection. */
  watchAlerts(): void {
    this.wantsAlerts = true;
    if (this.isOpen) this.send({ type: 'watch-alerts' });
  }

  /** Closes the line for good. */
  stop(): void {
    this.drop();
  }

  private attempt(): void {
    this.lastError = undefined;
    this.silenceMs = HELLO_WITHIN_MS;
    this.watch();
    let current: LiveSocket | undefined = undefined;
    const isCurrent = (): boolean => this.socket === current;
    current = this.options.open({
      onOpen: () => undefined,
      onText: (text) => {
        if (isCurrent()) this.receive(text);
      },
      onClose: () => {
        if (isCurrent()) this.lose('the connection was closed');
      },
    });
    this.socket = current;
  }

  private receive(text: string): void {
    const read = readFrame(text);
    if (!read.ok) {
      this.lose(read.problem);
      return;
    }
    const { frame } = read;
    if (frame.type === 'hello') {
      this.silenceMs = Math.max(1_000, frame.heartbeatMs * MISSED_HEARTBEATS);
      this.isOpen = true;
    } else if (frame.type === 'error') this.takeError(frame);
    else this.takeNews(frame);
    this.watch();
    this.options.onFrame(frame);
    if (frame.type === 'hello') this.greet();
  }

  /** A line counts as mended when something is told, and as steady with the first heartbeat: what follows a hello may be what the page cannot read. */
  private takeNews({ type }: LiveServerFrame): void {
    this.toldAtMs = this.options.timers.nowMs();
    this.lostSinceMs = undefined;
    if (type === 'heartbeat') this.failures = 0;
  }

  /** A stay that is gone (or not yet known to a gateway that has just started) costs its subscription, not the line. */
  private takeError(error: LiveError): void {
    if (error.code === 'unknown-stay' && error.subscription !== undefined) this.wanted.delete(error.subscription);
    this.lastError = { code: error.code, message: error.message };
  }

  private greet(): void {
    this.options.onLine({ line: 'open' });
    for (const subscription of this.wanted.values()) this.ask(subscription);
    if (this.wantsAlerts) this.send({ type: 'watch-alerts' });
  }

  private ask({ subscription, target }: WantedSubscription): void {
    const since = this.options.positionOf(subscription);
    this.send({ type: 'subscribe', subscription, target, ...(since ? { since } : {}) });
  }

  private send(frame: LiveClientFrame): void {
    this.socket?.send(JSON.stringify(frame));
  }

  /** Starts the watch anew: called at every sign of life. */
  private watch(): void {
    this.stopTimer();
    this.stopTimer = this.options.timers.after(this.silenceMs, () => this.lose('nothing was heard from the gateway'));
  }

  private lose(because: string): void {
    const error = this.lastError;
    this.drop();
    const nowMs = this.options.timers.nowMs();
    this.lostSinceMs ??= this.toldAtMs ?? nowMs;
    if (error && !PASSING_CODES.has(error.code)) {
      this.options.onLine({ line: 'refused', sinceMs: this.lostSinceMs, because: error.message });
      return;
    }
    const waitMs = backOffMs(this.failures, {
      firstMs: FIRST_WAIT_MS,
      longestMs: LONGEST_WAIT_MS,
      random: this.options.random,
    });
    this.failures += 1;
    this.options.onLine({
      line: 'lost',
      sinceMs: this.lostSinceMs,
      retryAtMs: nowMs + waitMs,
      because: error?.message ?? because,
    });
    this.stopTimer = this.options.timers.after(waitMs, () => this.attempt());
  }

  private drop(): void {
    this.stopTimer();
    this.isOpen = false;
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }
}
