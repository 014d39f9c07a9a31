import type { AlertPolicy, AlertRecord } from '#alerting';
import type { ServiceLogger } from '#service';
import type { EventLog, RecordBatch, Subscription, TopicPartition } from '#stream';
import { TOPICS } from '#wire';
import type { Registry } from 'prom-client';
import type { ReadTopic } from '../alerter-topics.js';
import type { PartitionAlerts } from '../stays/partition-alerts.js';
import { applyTick } from '../steps/apply-input.js';
import { commitOffsets } from '../steps/commit-offsets.js';
import { forgetStays } from '../steps/forget-stays.js';
import { publishDeadLetters } from '../steps/publish-dead-letters.js';
import { restoreAlerts } from '../steps/restore-alerts.js';
import { snapshotRecord, tombstone, writeSnapshots } from '../steps/write-snapshots.js';
import type { AlertClock } from './alert-clock.js';
import { AlerterTally, type AlerterCounts } from './alerter-tally.js';
import { CommandWaiters } from './command-waiters.js';
import { PartitionOwnership } from './partition-ownership.js';
import { settleAlerts } from './settle-alerts.js';
import { readInRecord, takeInTurn, type CommandAnswer } from './take-in-record.js';

/** What the pipeline works with. */
export interface AlertingParts {
  readonly log: EventLog;
  readonly policy: AlertPolicy;
  readonly clock: AlertClock;
  readonly logger: ServiceLogger;
  readonly metrics: Registry;
  readonly onFailure: (error: Error) => void;
}

/** Scores of a partition that may wait for its bedside events before their delivery is paused. */
const MAX_WAITING_SCORES = 2_000;

/**
 * The alerter without its framework: scores, bedside events and commands in; alerts, snapshots and dead letters out.
 *
 * Of one partition number everything happens one after the other, whichever topic it comes from. {@link flush} is the barrier after
 * which offsets are committed.
 */
export class AlertingPipeline {
  readonly waiters = new CommandWaiters();
  private readonly partitions = new Map<number, PartitionAlerts>();
  private readonly tally: AlerterTally;
  private readonly ownership = new PartitionOwnership(() => this.partitions.values());
  private readonly ticking = new Set<PartitionAlerts>();
  /** Set by a failure or a stop: from then on nothing is taken in or published. */
  private over = false;
  private stopping = false;

  constructor(private readonly parts: AlertingParts) {
    this.tally = new AlerterTally(parts.metrics, {
      stays: () => this.sum(({ stays }) => stays.size),
      held: () => this.sum(({ order }) => order.size),
      open: () => this.open(),
    });
  }

  /** What went in and came out since the start. */
  read(): AlerterCounts {
    return this.tally.read();
  }

  /** Open alerts of the partitions held, pending ones included. */
  *open(): Generator<AlertRecord> {
    for (const { stays } of this.partitions.values()) {
      for (const { state } of stays.values()) {
        for (const { alert } of Object.values(state.rules)) if (alert) yield alert;
      }
    }
  }

  /** Loads what is known of newly assigned partitions; called for each topic, the first call does it. */
  async onAssigned(assigned: readonly TopicPartition[]): Promise<void> {
    const fresh = assigned.map(({ partition }) => partition).filter((partition) => !this.partitions.has(partition));
    if (fresh.length === 0) return;
    for (const alerts of await restoreAlerts(this.parts.log, fresh, this.parts.clock.now())) {
      this.partitions.set(alerts.partition, alerts);
      this.parts.logger.info('partition assigned', { partition: alerts.partition, stays: alerts.stays.size });
    }
  }

  /** Forgets partitions; what is decided for them from now on is thrown away. */
  async onRevoked(revoked: readonly TopicPartition[]): Promise<void> {
    for (const { partition } of revoked) {
      const alerts = this.partitions.get(partition);
      if (!alerts) continue;
      alerts.revoked = true;
      this.partitions.delete(partition);
      this.parts.logger.info('partition revoked', { partition });
    }
  }

  /** Takes a batch in; resolves when its transitions and refused records are durable. */
  async onBatch(batch: RecordBatch, subscription: Subscription): Promise<void> {
    this.ownership.subscription = subscription;
    const alerts = this.partitions.get(batch.partition);
    if (!alerts || batch.records.length === 0) return;
    await alerts.turn(() => this.takeIn(alerts, batch));
  }

  /** The time that a person means who acts on a stay's alert now. */
  nowOf(stayId: string): number {
    const { clock } = this.parts;
    const alerts = [...this.partitions.values()].find(({ stays }) => stays.has(stayId));
    return clock.rule === 'wall' || !alerts ? clock.now() : alerts.scoreTimeMs;
  }

  /** Moves every partition's time on. Called often; a partition that is busy with the last tick is left out. */
  async tick(): Promise<void> {
    const due = [...this.partitions.values()].filter((alerts) => !this.ticking.has(alerts));
    await Promise.all(due.map((alerts) => this.tickOne(alerts))).catch((error: unknown) => this.fail(error));
  }

  /** Runs the barrier: everything read so far is published, saved and committed when it resolves. */
  async flush(): Promise<void> {
    for (const alerts of this.partitions.values()) await alerts.turn(() => this.barrier(alerts));
  }

  /** Resolves when no batch and no tick is in hand. */
  async idle(): Promise<void> {
    for (const alerts of this.partitions.values()) while (!alerts.isIdle) await alerts.turn(async () => undefined);
  }

  /** Takes in no more and runs the barrier a last time. */
  async stop(): Promise<void> {
    this.stopping = true;
    try {
      await this.flush();
    } finally {
      this.over = true;
      this.waiters.giveUp();
    }
  }

  private async takeIn(alerts: PartitionAlerts, { topic, records }: RecordBatch): Promise<void> {
    if (this.over || this.stopping || alerts.revoked) return;
    const { clock, log } = this.parts;
    this.tally.countReceived(records.length);
    if (topic === TOPICS.riskScores) alerts.scoreArrivedMs = clock.now();
    if (topic === TOPICS.bedsideEvents) alerts.hearBedside(clock.now());
    const refused = records.flatMap((record) => readInRecord(alerts, record, clock, this.tally) ?? []);
    await this.proceed(alerts);
    if (refused.length > 0 && this.isHeld(alerts)) await publishDeadLetters(log, refused);
    alerts.nextOffsets.set(topic as ReadTopic, records.at(-1)!.offset + 1n);
  }

  private async tickOne(alerts: PartitionAlerts): Promise<void> {
    this.ticking.add(alerts);
    try {
      await alerts.turn(async () => {
        if (this.over || alerts.revoked) return;
        alerts.ticksWithoutBedside++;
        await this.proceed(alerts, this.parts.clock.tickMs(alerts));
      });
    } finally {
      this.ticking.delete(alerts);
    }
  }

  /** Takes in what has its turn, moves time on where that is asked for, and makes what was decided last. */
  private async proceed(alerts: PartitionAlerts, tickMs?: number): Promise<void> {
    const { policy, clock } = this.parts;
    const answers: CommandAnswer[] = [];
    alerts.settled ||= clock.isSettled(alerts);
    takeInTurn(alerts, { policy, clock, tally: this.tally, onAnswer: (answer) => answers.push(answer) });
    if (tickMs !== undefined) this.tally.countTransitions(applyTick(alerts, tickMs, policy));
    await this.settle(alerts);
    this.gate(alerts);
    for (const answer of answers) this.waiters.answer(answer);
  }

  private async barrier(alerts: PartitionAlerts): Promise<void> {
    if (this.over) return;
    const { log } = this.parts;
    await this.settle(alerts);
    if (!this.isHeld(alerts)) return;
    forgetStays(alerts);
    const records = [
      ...[...alerts.touched].flatMap((stayId) => alerts.stays.get(stayId) ?? []).map(asSnapshot),
      ...[...alerts.forgotten].map((stayId) => tombstone(stayId, alerts.scoreTimeMs)),
    ];
    await writeSnapshots(log, records);
    alerts.touched.clear();
    alerts.forgotten.clear();
    this.tally.countSnapshots(records.length);
    const { subscription } = this.ownership;
    if (subscription && this.isHeld(alerts)) await commitOffsets(subscription, alerts);
  }

  private async settle(alerts: PartitionAlerts): Promise<void> {
    this.tally.countSnapshots(await settleAlerts(this.parts.log, alerts, () => this.isHeld(alerts)));
  }

  /** Lets the bedside wait while it is far ahead of the scores, and the scores while many of them wait for the bedside. */
  private gate(alerts: PartitionAlerts): void {
    const { clock } = this.parts;
    this.pauseWhile(alerts, TOPICS.bedsideEvents, clock.isBedsideFarAhead(alerts));
    this.pauseWhile(alerts, TOPICS.riskScores, alerts.order.waitingScores > MAX_WAITING_SCORES);
  }

  private pauseWhile(alerts: PartitionAlerts, topic: ReadTopic, wanted: boolean): void {
    const { partition, paused } = alerts;
    if (paused.has(topic) === wanted) return;
    const { subscription } = this.ownership;
    if (wanted) {
      paused.add(topic);
      subscription?.pause([{ topic, partition }]);
    } else {
      paused.delete(topic);
      if (topic === TOPICS.bedsideEvents) alerts.hearBedside(this.parts.clock.now());
      subscription?.resume([{ topic, partition }]);
    }
  }

  private isHeld(alerts: PartitionAlerts): boolean {
    return !this.over && this.ownership.isHeld(alerts);
  }

  private sum(of: (alerts: PartitionAlerts) => number): number {
    let total = 0;
    for (const alerts of this.partitions.values()) total += of(alerts);
    return total;
  }

  private fail(error: unknown): void {
    if (this.over) return;
    this.over = true;
    this.waiters.giveUp();
    this.parts.onFailure(error instanceof Error ? error : new Error(String(error)));
  }
}

function asSnapshot(entry: Parameters<typeof snapshotRecord>[0]): ReturnType<typeof snapshotRecord> {
  return snapshotRecord(entry, entry.state.clockMs);
}
