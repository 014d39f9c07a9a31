import { MINUTE_MS } from '#clinical';
import { TOPICS } from '#wire';
import type { PartitionAlerts } from '../stays/partition-alerts.js';
import type { OrderLimits } from '../stays/time-order.js';

/**
 * Whose time moves alerts on:
 *
 * - `wall`: the computer's clock, for a live ward;
 * - `log`: the log timestamps of the partition's scores, for a replay, whose time is that of the recording.
 */
export const CLOCK_RULES = ['wall', 'log'] as const;

/** One of {@link CLOCK_RULES}. */
export type ClockRule = (typeof CLOCK_RULES)[number];

/** How an {@link AlertClock} goes. */
export interface AlertClockOptions {
  /** @default 'wall' */
  readonly rule?: ClockRule;
  /** The wall clock, epoch milliseconds. @default Date.now */
  readonly now?: () => number;
  /**
   * Time on the wall clock without a score in a partition after which bedside events no longer wait for scores. Longer bears a longer
   * outage of the scorer without a stay being closed before its last scores; the alerts of the last stay of a partition close so much later.
   * @default 60_000
   */
  readonly patienceMs?: number;
}

/**
 * Time without a bedside event after which scores no longer wait for the event that brought them about. So many ticks must have gone by
 * besides: a process that stood still has a batch waiting, and sees it before the second tick.
 */
const BEDSIDE_QUIET_MS = 2_000;
const BEDSIDE_QUIET_TICKS = 2;

/** A partition whose newest record is younger than this has been read to its end; and so has one in which nothing arrives for so long. */
const CAUGHT_UP_MS = 2 * MINUTE_MS;
const NOTHING_ARRIVES_MS = 10_000;

/** Ticks of a replay stay so far behind its newest score, so that a stay's own scores move it on first. */
const REPLAY_SLACK_MS = 5 * MINUTE_MS;

/** Without a score for so long after a start, what stood on the log has been read. */
const SETTLED_MS = 500;

/** A command so far from the time of a replay goes by another clock. */
const OTHER_CLOCK_MS = 10 * MINUTE_MS;

/** Bedside events may lie so far ahead of the scores before their delivery is paused. */
const MAX_AHEAD_MS = 30 * MINUTE_MS;

/** The time of a partition. Reads the wall clock through `now` alone. */
export class AlertClock {
  readonly rule: ClockRule;
  readonly now: () => number;
  private readonly patienceMs: number;

  constructor({ rule = 'wall', now = Date.now, patienceMs = 60_000 }: AlertClockOptions = {}) {
    this.rule = rule;
    this.now = now;
    this.patienceMs = patienceMs;
  }

  /** Time of a score or a bedside event: its log timestamp; never after now on a live ward. */
  ofRecord(timestampMs: number): number {
    return this.rule === 'wall' ? Math.min(timestampMs, this.now()) : timestampMs;
  }

  /**
   * Time of a person's command: what its writer says, who goes by the log's clock (in live operation everybody's). A writer far from a
   * replay's time goes by another clock, and is taken to mean the partition's present.
   */
  ofCommand(saidAtMs: number, { scoreTimeMs }: PartitionAlerts): number {
    if (this.rule === 'wall') return Math.min(saidAtMs, this.now());
    return Math.abs(saidAtMs - scoreTimeMs) > OTHER_CLOCK_MS ? scoreTimeMs : saidAtMs;
  }

  /**
   * Time up to which stays are moved on by time alone. While a backlog is read after a start this is the backlog's own time: a stay is
   * not silent because its records have not been read yet.
   */
  tickMs(alerts: PartitionAlerts): number {
    if (this.rule === 'log') return this.logTimeMs(alerts) - REPLAY_SLACK_MS;
    return this.isCaughtUp(alerts) ? this.now() : alerts.scoreTimeMs;
  }

  /** How far the lists of a partition have surely come. */
  limits(alerts: PartitionAlerts): OrderLimits {
    const { bedsideTimeMs, scoreTimeMs } = alerts;
    return {
      scoresUntilMs: this.isBedsideQuiet(alerts) ? Infinity : bedsideTimeMs,
      bedsideUntilMs: this.areScoresQuiet(alerts) ? Infinity : scoreTimeMs,
      commandsUntilMs: this.rule === 'wall' || alerts.settled ? Infinity : scoreTimeMs - 1,
    };
  }

  /** Whether bedside events have run far ahead of scores that are on their way. They never have of a score that waits for them. */
  isBedsideFarAhead(alerts: PartitionAlerts): boolean {
    const { bedsideTimeMs, scoreTimeMs, order } = alerts;
    return !this.areScoresQuiet(alerts) && bedsideTimeMs > Math.max(scoreTimeMs, order.firstScoreMs) + MAX_AHEAD_MS;
  }

  private logTimeMs(alerts: PartitionAlerts): number {
    return this.areScoresQuiet(alerts) ? Math.max(alerts.scoreTimeMs, alerts.bedsideTimeMs) : alerts.scoreTimeMs;
  }

  /** Whether the scores that stood on the log when the partition was assigned have been taken in. */
  isSettled({ scoreArrivedMs, order }: PartitionAlerts): boolean {
    return order.waitingScores === 0 && this.now() - scoreArrivedMs >= SETTLED_MS;
  }

  /** A bedside whose delivery is paused is not quiet: more of it may stand on the log. */
  private isBedsideQuiet({ bedsideArrivedMs, ticksWithoutBedside, paused }: PartitionAlerts): boolean {
    if (paused.has(TOPICS.bedsideEvents) || ticksWithoutBedside < BEDSIDE_QUIET_TICKS) return false;
    return this.now() - bedsideArrivedMs >= BEDSIDE_QUIET_MS;
  }

  private areScoresQuiet({ scoreArrivedMs }: PartitionAlerts): boolean {
    return this.now() - scoreArrivedMs >= this.patienceMs;
  }

  private isCaughtUp({ scoreArrivedMs, bedsideArrivedMs, scoreTimeMs, bedsideTimeMs }: PartitionAlerts): boolean {
    const [arrivedMs, newestMs] = [Math.max(scoreArrivedMs, bedsideArrivedMs), Math.max(scoreTimeMs, bedsideTimeMs)];
    return newestMs >= this.now() - CAUGHT_UP_MS || this.now() - arrivedMs >= NOTHING_ARRIVES_MS;
  }
}
