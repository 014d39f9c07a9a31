import type { EventLog, LogRecord } from '#stream';
import type { HealthRegistry } from '#service';
import { TOPICS } from '#wire';
import type { Registry } from 'prom-client';
import { AlertBoard } from './alerts/alert-board.js';
import { AlertFeed } from './alerts/alert-feed.js';
import type { GatewayClock } from './clock.js';
import { FeedWatch } from './feed/feed-watch.js';
import { LogFollower } from './feed/log-follower.js';
import { takeRecord } from './feed/take-record.js';
import { GatewayMetrics } from './gateway-metrics.js';
import type { GatewayOptions } from './gateway-options.js';
import { GatewayView } from './gateway-view.js';
import { LiveHub } from './live/live-hub.js';
import { LIVE_LIMITS, type LiveLimits } from './live/live-limits.js';
import { AGES_POLICY_V1 } from './ward/ages-policy.js';
import { LogClock } from './ward/log-clock.js';
import { WardState } from './ward/ward-state.js';

/** What a {@link GatewayRuntime} is made with. */
export interface GatewayRuntimeParts {
  readonly log: EventLog;
  readonly clock: GatewayClock;
  readonly metrics: Registry;
  readonly health: HealthRegistry;
  readonly options: GatewayOptions;
  /** Of this start, unique. */
  readonly epoch: string;
  readonly version: string;
  readonly onFailure: (error: Error) => void;
}

const SWEEP_EVERY_MS = 1_000;

/** The gateway without its sockets: from the log to the ward, and from the ward to the hub. */
export class GatewayRuntime {
  readonly limits: LiveLimits;
  readonly view: GatewayView;
  readonly hub: LiveHub;
  readonly alerts = new AlertBoard();
  private readonly alertFeed: AlertFeed;
  private readonly ward: WardState;
  private readonly logClock = new LogClock();
  private readonly watch: FeedWatch;
  private readonly metrics: GatewayMetrics;
  private readonly follower: LogFollower;
  private stopSweeps: (() => void) | undefined;

  constructor(private readonly parts: GatewayRuntimeParts) {
    const { options, clock, epoch, log, onFailure } = parts;
    const ages = options.ages ?? AGES_POLICY_V1;
    this.limits = { ...LIVE_LIMITS, ...options.limits };
    this.watch = new FeedWatch(ages.feedSilentAfterMs);
    this.metrics = new GatewayMetrics(parts.metrics);
    this.ward = new WardState({
      ages,
      ...(options.maxStays === undefined ? {} : { maxStays: options.maxStays }),
      ...(options.keepEndedMs === undefined ? {} : { keepEndedMs: options.keepEndedMs }),
    });
    this.view = new GatewayView(this.ward, epoch, this.logClock, this.watch, clock, this.alerts);
    const feed = () => this.view.feed();
    const { limits, metrics, view } = this;
    this.hub = new LiveHub({ view, clock, limits, ages, metrics, version: parts.version, feed });
    const group = options.group ?? `gateway-${epoch}`;
    const topics = [TOPICS.bedsideEvents, TOPICS.riskScores];
    const take = (record: LogRecord) => this.take(record);
    this.follower = new LogFollower({ log, group, topics, clock, take, onFailure });
    this.alertFeed = new AlertFeed({
      ...{ log, group: `${group}-alerts`, clock, board: this.alerts, onFailure },
      onRecord: (outcome) => metrics.record(TOPICS.alerts, outcome),
    });
  }

  /** Serves what is known, reads what is on the log and then follows it. Resolves when the ward is complete and current, or when stopped before. */
  async start(): Promise<void> {
    const { clock, health } = this.parts;
    health.register('ready', 'caught-up', () => ({
      healthy: !this.watch.isCatchingUp,
      detail: this.watch.isCatchingUp ? 'what is on the log is still being read' : 'follows the log',
    }));
    this.metrics.watch({
      clients: () => this.hub.clients,
      stays: () => this.ward.size,
      logClockMs: () => this.logClock.nowMs,
      feedSilent: () => this.view.feed().state === 'silent',
    });
    this.hub.start();
    this.stopSweeps = clock.every(SWEEP_EVERY_MS, () => this.sweep());
    this.alertFeed.start().catch((error: unknown) => {
      this.parts.onFailure(error instanceof Error ? error : new Error(String(error)));
    });
    if (!(await this.follower.catchUp())) return;
    this.watch.caughtUp();
    this.sweep();
    await this.follower.follow();
  }

  /** Stops following, then says goodbye to every client. */
  async stop(): Promise<void> {
    this.stopSweeps?.();
    await this.alertFeed.stop();
    await this.follower.stop();
    this.hub.stop();
  }

  private take(record: LogRecord): void {
    const wallNowMs = this.parts.clock.nowMs();
    if (record.topic === TOPICS.bedsideEvents) this.watch.see(wallNowMs);
    this.metrics.record(record.topic, takeRecord(record, this.ward, this.logClock, wallNowMs));
  }

  private sweep(): void {
    if (this.logClock.nowMs === undefined) return;
    this.ward.sweep(this.logClock.nowMs);
    this.alerts.sweep(this.logClock.nowMs);
  }
}
