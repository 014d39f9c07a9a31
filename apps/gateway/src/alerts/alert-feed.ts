import type { EventLog, LogRecord } from '#stream';
import { ALERT, alertSchema, decodeData, eventType, TOPICS } from '#wire';
import type { GatewayClock } from '../clock.js';
import { LogFollower } from '../feed/log-follower.js';
import type { AlertBoard, BoardOutcome } from './alert-board.js';

/** What an {@link AlertFeed} is made with. */
export interface AlertFeedParts {
  readonly log: EventLog;
  /** Of this gateway alone. */
  readonly group: string;
  readonly clock: GatewayClock;
  readonly board: AlertBoard;
  readonly onRecord: (outcome: BoardOutcome | 'type-unknown' | 'malformed') => void;
  readonly onFailure: (error: Error) => void;
}

/**
 * Brings the alerts from the log to the board. It reads by itself, beside the ward: where no alerter has ever run the topic does not exist, and the beds are shown all
 * the same.
 */
export class AlertFeed {
  private readonly follower: LogFollower;

  constructor(private readonly parts: AlertFeedParts) {
    const { log, group, clock, onFailure } = parts;
    const take = (record: LogRecord) => this.take(record);
    this.follower = new LogFollower({ log, group, topics: [TOPICS.alerts], clock, take, onFailure });
  }

  /** Reads what is on the log, then follows it. Resolves when alerts are current, or when stopped before. */
  async start(): Promise<void> {
    if (!(await this.follower.catchUp())) return;
    await this.follower.follow();
    this.parts.board.come('current');
  }

  async stop(): Promise<void> {
    await this.follower.stop();
  }

  private take(record: LogRecord): void {
    const { board, onRecord } = this.parts;
    if (board.state === 'unavailable') board.come('catching-up');
    if (eventType(record.headers) !== ALERT) return onRecord('type-unknown');
    const decoded = decodeData(alertSchema, record.value);
    onRecord(decoded.ok ? board.take(decoded.data) : 'malformed');
  }
}
