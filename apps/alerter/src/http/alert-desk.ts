import type { AlertRecord } from '#alerting';
import type { EventLog } from '#stream';
import { ALERT_COMMAND, encodeEvent, TOPICS, type AlertCommand } from '#wire';
import { ALERTER_SOURCE } from '../steps/publish-alerts.js';
import type { AlertingPipeline } from '../pipeline/alerting-pipeline.js';
import type { CommandAnswer } from '../pipeline/take-in-record.js';

/** Which open alerts to list; what is absent does not matter. */
export interface AlertFilter {
  readonly site?: string | undefined;
  readonly ward?: string | undefined;
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
}

/** What the desk works with. */
export interface AlertDeskParts {
  readonly log: EventLog;
  readonly pipeline: AlertingPipeline;
  /** The wall clock, epoch milliseconds. */
  readonly now: () => number;
  /** Resolves when whoever asked has waited long enough. */
  readonly timeout: () => Promise<void>;
}

/** Where people see the open alerts and act on them: what they ask goes over the log, so every process that shows alerts agrees. */
export class AlertDesk {
  constructor(private readonly parts: AlertDeskParts) {}

  /** Open alerts that this process watches, the newest change first; pending ones when asked for by state. */
  list(filter: AlertFilter): AlertRecord[] {
    return [...this.parts.pipeline.open()]
      .filter(({ state }) => filter.state !== undefined || state !== 'pending')
      .filter((alert) =>
        (['site', 'ward', 'state', 'kind'] as const).every(
          (field) => filter[field] === undefined || alert[field] === filter[field],
        ),
      )
      .sort((a, b) => b.changedAtMs - a.changedAtMs || (a.alertId < b.alertId ? -1 : 1));
  }

  /** The open alert of an id, if this process watches it. */
  find(alertId: string): AlertRecord | undefined {
    for (const alert of this.parts.pipeline.open()) if (alert.alertId === alertId) return alert;
    return undefined;
  }

  /** The time that a person means who acts on the stay's alert now, epoch milliseconds. */
  nowOf(stayId: string): number {
    return this.parts.pipeline.nowOf(stayId);
  }

  /** Puts a command on the log and waits for its end; undefined when that takes too long (it is carried out all the same). */
  async order(command: AlertCommand): Promise<CommandAnswer | undefined> {
    const { log, pipeline, timeout, now } = this.parts;
    const attributes = { type: ALERT_COMMAND, source: ALERTER_SOURCE, id: command.commandId, key: command.stayId };
    const answer = pipeline.waiters.wait(command.commandId, timeout());
    await log.append(TOPICS.alertCommands, [encodeEvent({ ...attributes, timeMs: now() }, command)]);
    return answer;
  }
}
