import { LIVE_CLOSE_CODES, type LiveClientFrame, type LiveTarget } from '#wire';
import type { AlertBoard } from '../alerts/alert-board.js';
import { AlertWatch } from '../alerts/alert-watch.js';
import { isIn, type StayChange, type WardState } from '../ward/ward-state.js';
import { startFrame, updateFrame, type SubscriptionStart } from './live-frames.js';
import type { LiveLimits } from './live-limits.js';
import type { LiveSocket } from './live-socket.js';
import type { LiveProblem } from './parse-frame.js';

/** What the clients look at. */
export interface LiveView {
  readonly ward: WardState;
  readonly epoch: string;
  /** The log's clock. */
  clockMs(): number | undefined;
  /** Absent where there are none: clients that ask are told `unavailable`. */
  readonly alerts?: AlertBoard;
}

type SubscribeFrame = Extract<LiveClientFrame, { type: 'subscribe' }>;

/**
 * One connection: what it has subscribed to and which stays have changed since it was last sent something.
 *
 * A change is remembered as the name of its stay, so a client that does not read costs a name a stay however many changes pass, and gets the newest state of each when it
 * reads again. Nothing is ever queued as frames beyond `maxUnreadBytes` and one frame.
 */
export class LiveClient {
  private readonly targets = new Map<string, LiveTarget>();
  private readonly starting: SubscriptionStart[] = [];
  private readonly changed = new Set<string>();
  private readonly left = new Set<string>();
  readonly alertWatch: AlertWatch;
  private unreadSinceMs: number | undefined;

  constructor(
    readonly socket: LiveSocket,
    private readonly view: LiveView,
    private readonly limits: LiveLimits,
  ) {
    this.alertWatch = new AlertWatch(view.alerts);
  }

  /** @returns why the connection must be closed, if so */
  subscribe(frame: SubscribeFrame): LiveProblem | undefined {
    const { subscription, target } = frame;
    if (this.targets.has(subscription)) {
      const message = 'the connection has a subscription of that name; choose another name or unsubscribe first';
      return { code: 'duplicate-subscription', message, subscription };
    }
    if (this.targets.size >= this.limits.maxSubscriptions) {
      const message = `the connection has ${this.targets.size} subscriptions already, which is all it may; unsubscribe first`;
      return { code: 'too-many-subscriptions', message, subscription };
    }
    const unknown = this.whyUnknown(target);
    if (unknown !== undefined) return { ...unknown, subscription };
    this.targets.set(subscription, target);
    this.starting.push({ subscription, target, since: frame.since });
    return undefined;
  }

  unsubscribe(subscription: string): LiveProblem | undefined {
    if (!this.targets.delete(subscription)) {
      return { code: 'unknown-subscription', message: 'the connection has no subscription of that name', subscription };
    }
    const waiting = this.starting.findIndex((start) => start.subscription === subscription);
    if (waiting >= 0) this.starting.splice(waiting, 1);
    if (this.targets.size === 0) this.forget();
    return undefined;
  }

  /** Remembers a change that concerns a subscription. @returns whether there is something to send */
  note(change: StayChange): boolean {
    const { stay, movedFrom } = change;
    const before = movedFrom === undefined ? stay : { stayId: stay.stayId, ...movedFrom };
    let shown = false;
    let departed = false;
    for (const target of this.targets.values()) {
      if (!change.removed && isIn(stay, target)) shown = true;
      else if (isIn(before, target)) departed = true;
    }
    if (shown) {
      this.left.delete(stay.stayId);
      this.changed.add(stay.stayId);
    } else if (departed) {
      this.changed.delete(stay.stayId);
      this.left.add(stay.stayId);
    }
    return shown || departed;
  }

  /** Sends what there is to send, unless the client has too much unread. @returns whether something had to stay behind */
  flush(nowMs: number): boolean {
    while (this.starting.length > 0) {
      if (this.isBehind(nowMs)) return true;
      this.socket.send(startFrame(this.starting.shift()!, this.view.ward, this.view.epoch, this.view.clockMs()));
    }
    if (this.alertWatch.isWaiting) {
      if (this.isBehind(nowMs)) return true;
      this.socket.send(this.alertWatch.takeFrame(this.view.clockMs()));
    }
    if (this.changed.size === 0 && this.left.size === 0) return false;
    if (this.isBehind(nowMs)) return true;
    this.socket.send(this.nextUpdate());
    this.forget();
    return false;
  }

  /** Whether more is unread than may be; the time counts from the first call that finds it so. */
  isBehind(nowMs: number): boolean {
    const behind = this.socket.unreadBytes > this.limits.maxUnreadBytes;
    this.unreadSinceMs = behind ? (this.unreadSinceMs ?? nowMs) : undefined;
    return behind;
  }

  /** Whether the client has been behind for longer than it may. */
  isStuck(nowMs: number): boolean {
    return this.isBehind(nowMs) && nowMs - this.unreadSinceMs! >= this.limits.maxUnreadMs;
  }

  /** Says why and closes. A client that does not read could not be told, so it is dropped. */
  fail(problem: LiveProblem): void {
    if (problem.code === 'too-slow') return this.socket.terminate();
    this.socket.send(errorFrame(problem));
    this.socket.close(LIVE_CLOSE_CODES[problem.code], problem.code);
  }

  private nextUpdate(): string {
    const { ward } = this.view;
    const beds = [...this.changed].map((stayId) => ward.stay(stayId)).filter((stay) => stay !== undefined);
    const detailed = new Set<string>();
    for (const target of this.targets.values()) if (target.kind === 'stay') detailed.add(target.stayId);
    const stays = beds.filter(({ stayId }) => detailed.has(stayId));
    const clockMs = this.view.clockMs();
    return updateFrame({ sequence: ward.sequence, clockMs, beds, stays, removed: [...this.left] });
  }

  private forget(): void {
    this.changed.clear();
    this.left.clear();
  }

  private whyUnknown(target: LiveTarget): LiveProblem | undefined {
    if (this.view.ward.knows(target)) return undefined;
    if (target.kind === 'ward')
      return { code: 'unknown-ward', message: 'no stay of that ward has been seen; see GET /api/wards' };
    return { code: 'unknown-stay', message: 'the stay is not known, or was removed some time after its end' };
  }
}

function errorFrame(problem: LiveProblem): string {
  return JSON.stringify({ type: 'error', ...problem });
}
