import type { LiveFeed } from '#wire';
import type { AlertBoard } from './alerts/alert-board.js';
import type { GatewayClock } from './clock.js';
import type { FeedWatch } from './feed/feed-watch.js';
import type { LogClock } from './ward/log-clock.js';
import type { WardState } from './ward/ward-state.js';

/** What the HTTP interface and the live end-point show. */
export class GatewayView {
  constructor(
    readonly ward: WardState,
    /** Of this start of the gateway; sequences of other epochs mean nothing here. */
    readonly epoch: string,
    private readonly logClock: LogClock,
    private readonly watch: FeedWatch,
    private readonly clock: GatewayClock,
    readonly alerts: AlertBoard,
  ) {}

  /** The log's clock, epoch milliseconds; undefined before the first record. */
  clockMs(): number | undefined {
    return this.logClock.nowMs;
  }

  /** The feed as a whole, on the wall clock. */
  feed(): LiveFeed {
    return this.watch.state(this.clock.nowMs(), this.ward.truncated);
  }
}
