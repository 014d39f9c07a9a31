import { setImmediate } from 'node:timers/promises';
import type { AlertPolicy } from '#alerting';
import { createAlerter, type RunningAlerter } from '#alerter';
import { ServiceLogger } from '#service';
import { partitionOfKey, type EventLog, type OutgoingRecord } from '#stream';
import { ALERT_COMMAND, encodeEvent, TOPICS, type Alert, type AlertCommand, type TopicName } from '#wire';
import { atMinute } from './alert-records.js';
import { publishedAlerts } from './alerter-trial.js';
import { CutLog } from './cut-log.js';
import type { WardStep } from './made-up-ward-scores.js';

const PARTITIONS = 2;
const READ = [TOPICS.riskScores, TOPICS.bedsideEvents, TOPICS.alertCommands];

/** Where the next connection is cut. */
export interface Cut {
  /** Number of the write, from 1. */
  readonly at: number;
  readonly isWriteDone: boolean;
}

/** A ward whose alerter is killed again and again, and whose nurse does the same whatever happens to it. */
export class WatchedWard {
  kills = 0;
  private nowMs = 0;
  private readonly ends = new Map<string, bigint>();
  private readonly committed = new Map<string, bigint>();
  private current!: { readonly log: CutLog; readonly alerter: RunningAlerter };

  constructor(
    private readonly log: EventLog,
    private readonly policy: AlertPolicy,
    private readonly nextCut: () => Cut | undefined,
  ) {}

  /** Watches the ward to its end; gives every transition, by alert and sequence. */
  async watch(steps: readonly WardStep[]): Promise<Alert[]> {
    await this.start();
    for (const [at, step] of steps.entries()) {
      await this.append(TOPICS.bedsideEvents, step.bedside);
      await this.append(TOPICS.riskScores, step.scores);
      await this.caughtUp();
      await this.append(TOPICS.alertCommands, nurse(await publishedAlerts(this.log), step.untilMinute));
      await this.caughtUp();
      if (at % 3 === 2) await Promise.race([this.current.alerter.flush(), this.current.log.wasCut]);
    }
    this.nowMs += 120_000;
    do {
      await this.caughtUp();
      await Promise.race([this.current.alerter.stop(), this.current.log.wasCut]);
    } while (this.current.log.isCut);
    const alerts = await publishedAlerts(this.log);
    return alerts.sort((a, b) => (a.alertId < b.alertId ? -1 : a.alertId > b.alertId ? 1 : a.sequence - b.sequence));
  }

  private async start(): Promise<void> {
    const cut = this.nextCut();
    const log = new CutLog(this.log, this.committed, cut?.at ?? Infinity, cut?.isWriteDone ?? false);
    const alerter = await createAlerter({
      ...{ log, policy: this.policy, partitions: PARTITIONS, flushEveryMs: 2 ** 30, tickEveryMs: 2 ** 30 },
      clock: { rule: 'log', now: () => this.nowMs },
      logger: new ServiceLogger({ service: 'spec', level: 'silent' }),
      onFailure: (error) => {
        throw error;
      },
    });
    this.current = { log, alerter };
  }

  private async append(topic: TopicName, records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.log.append(topic, records);
    for (const { key } of records) {
      const partition = `${topic}/${partitionOfKey(key, PARTITIONS)}`;
      this.ends.set(partition, (this.ends.get(partition) ?? 0n) + 1n);
    }
  }

  /** Resolves when an alerter has taken in all that is on the log; killed ones are replaced. */
  private async caughtUp(): Promise<void> {
    for (;;) {
      const { log, alerter } = this.current;
      const took = async (): Promise<void> => {
        while (!log.isCut && this.isBehind(log)) await setImmediate();
        this.nowMs += 2_100;
        await alerter.tick();
        await alerter.idle();
      };
      await Promise.race([took(), log.wasCut]);
      if (!log.isCut) return;
      await log.close();
      this.kills++;
      await this.start();
    }
  }

  private isBehind(log: CutLog): boolean {
    return [0, 1].some((partition) =>
      READ.some((topic) => log.position(`${topic}/${partition}`) < (this.ends.get(`${topic}/${partition}`) ?? 0n)),
    );
  }
}

/** What the nurse asks, looking at the newest state of each alert; a function of the alerts alone. */
function nurse(alerts: readonly Alert[], minute: number): OutgoingRecord[] {
  const newest = new Map<string, Alert>();
  for (const alert of alerts) {
    const known = newest.get(alert.alertId);
    if (!known || known.sequence < alert.sequence) newest.set(alert.alertId, alert);
  }
  return [...newest.values()]
    .filter(({ state }) => state === 'firing')
    .sort((a, b) => (a.alertId < b.alertId ? -1 : 1))
    .flatMap(({ alertId, sequence, stayId }) => {
      const choice = parseInt(alertId.slice(0, 4), 16) % 5;
      const action = (['acknowledge', 'snooze', 'resolve'] as const)[choice];
      if (!action) return [];
      const commandId = `${alertId}|${sequence}`;
      const command: AlertCommand = {
        ...{ commandId, alertId, stayId, action, by: 'nurse', atMs: atMinute(minute) },
        ...(action === 'snooze' ? { untilMs: atMinute(minute + 40) } : {}),
      };
      return [
        encodeEvent(
          { type: ALERT_COMMAND, source: '/spec', id: commandId, key: stayId, timeMs: atMinute(minute) },
          command,
        ),
      ];
    });
}
