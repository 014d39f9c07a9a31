import type { HistoryPoint } from '#history';
import type { OutgoingRecord, RecordBatch, Subscription, TopicPartition } from '#stream';
import { DEAD_LETTER_OUTCOMES, TOPICS } from '#wire';
import { ShadowLane, type ShadowTally } from '../releases/shadow-lane.js';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { StayState } from '../stays/stay-state.js';
import { assembleWindow } from '../steps/assemble-window.js';
import { readsTheSame, renameWindow } from '../steps/rename-window.js';
import { publishDeadLetters, type RefusedRecord } from '../steps/publish-dead-letters.js';
import { findPublishedScores, restoreStays } from '../steps/restore-stays.js';
import { riskPoint } from '../steps/write-history.js';
import { Barrier } from './barrier.js';
import { EventTally, type ScorerTally } from './event-tally.js';
import { HistoryWriter } from './history-writer.js';
import { InferenceLanes } from './inference-lanes.js';
import { PartitionGate } from './partition-gate.js';
import { ScoreQueue } from './score-queue.js';
import { withDefaults, type ScoringOptions, type ScoringParts } from './scoring-options.js';
import type { TakenRecord } from './intake-context.js';
import { takeInRecord } from './take-in-record.js';

/**
 * The scorer without its framework: batches of `bedside-events` in; scores, dead letters, snapshots and history out.
 *
 * Within a partition records are taken in one after the other and never wait for the model: due windows go to a bounded queue, from
 * which {@link InferenceLanes} serve them. {@link flush} is the barrier after which offsets are committed.
 */
export class ScoringPipeline {
  private readonly options: Required<ScoringOptions>;
  private readonly partitions = new Map<number, PartitionStays>();
  private readonly inHand = new Map<number, Promise<void>>();
  private readonly tally: EventTally;
  private readonly history: HistoryWriter;
  private readonly queue: ScoreQueue;
  private readonly lanes: InferenceLanes;
  private readonly gate: PartitionGate;
  private readonly shadowLane: ShadowLane;
  private readonly barrier: Barrier;
  private readonly waiters = new Set<() => void>();
  private subscription: Subscription | undefined;
  private checkedEpoch: number | undefined;
  /** Set by a failure or a stop: from then on nothing is published. */
  private over = false;

  constructor(
    private readonly parts: ScoringParts,
    options: ScoringOptions = {},
  ) {
    this.options = withDefaults(options);
    this.tally = new EventTally(parts.metrics, () => this.staysHeld());
    this.queue = new ScoreQueue(this.options.queueWindows, this.options.overload);
    this.gate = new PartitionGate(TOPICS.bedsideEvents, () => this.subscription);
    const onFailure = (error: unknown) => this.fail(error);
    this.history = new HistoryWriter({
      history: parts.history,
      wait: parts.wait,
      onFailure,
      onRetry: (error) => parts.logger.warn('the history is away; trying again', { error: error.message }),
    });
    const isHeld = (stays: PartitionStays) => this.isHeld(stays);
    this.lanes = new InferenceLanes({
      ...{ log: parts.log, served: parts.served, queue: this.queue, history: this.history, tally: this.tally },
      ...{
        batchWindows: this.options.batchWindows,
        detail: this.options.detail,
        isHeld,
        onFailure,
        onProgress: () => this.progressed(),
      },
    });
    this.shadowLane = new ShadowLane({
      ...{ log: parts.log, metrics: parts.metrics, isHeld },
      mayRun: () => !this.over && this.queue.size === 0 && this.lanes.hasFreeLane(),
      onTrouble: (error) => parts.logger.warn('a batch of a shadow was not scored', { error: String(error) }),
    });
    parts.served.onSwitch(() => this.takeOver());
    this.barrier = new Barrier({
      ...{ log: parts.log, history: this.history, gate: this.gate, tally: this.tally, isHeld },
      ...{ past: parts.history, wait: parts.wait },
      subscription: () => this.subscription,
      quiet: (stays) => this.quiet(stays),
      isQuiet: (stays) => this.isQuiet(stays),
    });
  }

  /** What went in and came out since the start. */
  read(): ScorerTally {
    return this.tally.read();
  }

  /** What became of the windows of shadows since the start. */
  readShadows(): ShadowTally {
    return this.shadowLane.read();
  }

  /** Loads what is known of newly assigned partitions. */
  async onAssigned(partitions: readonly TopicPartition[]): Promise<void> {
    for (const { partition } of partitions) {
      const stays = await restoreStays(this.parts.log, partition);
      const published = await findPublishedScores(this.parts.log, stays);
      this.history.add(published.map(riskPoint), () => this.isHeld(stays));
      this.partitions.set(partition, stays);
      this.parts.logger.info('partition assigned', { partition, stays: stays.size, published: stays.published.size });
    }
  }

  /** Forgets partitions; what is computed for them from now on is thrown away. */
  async onRevoked(partitions: readonly TopicPartition[]): Promise<void> {
    for (const { partition } of partitions) {
      const stays = this.partitions.get(partition);
      if (stays) stays.revoked = true;
      this.partitions.delete(partition);
      this.gate.forget(partition);
      this.parts.logger.info('partition revoked', { partition });
    }
    this.progressed();
  }

  /** Takes a batch in; resolves when its refused records are durable and the history has room, never waiting for the model. */
  async onBatch(batch: RecordBatch, subscription: Subscription): Promise<void> {
    this.subscription = subscription;
    const stays = this.partitions.get(batch.partition);
    if (!stays || this.over || batch.records.length === 0) return;
    const work = this.takeIn(stays, batch);
    const settled = work.catch(() => undefined);
    this.inHand.set(batch.partition, settled);
    try {
      await work;
    } catch (error) {
      this.fail(error);
      throw error;
    } finally {
      this.inHand.delete(batch.partition);
    }
    // One that fails has reported it.
    if (stays.touched.size >= this.options.flushAtTouched) this.flush().catch(() => undefined);
  }

  /**
   * Runs the barrier: everything read so far is published, saved and committed when it resolves. One that fails is the last: what it took out of the
   * stays is neither published nor saved, so nothing may be committed after it.
   */
  async flush(): Promise<void> {
    try {
      await this.runBarrier();
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /** Resolves when no due window waits and no batch is in hand. */
  async idle(): Promise<void> {
    for (const stays of this.partitions.values()) await this.quiet(stays);
  }

  /** Takes in no more and runs the barrier a last time. */
  async stop(): Promise<void> {
    for (const partition of this.partitions.keys()) this.gate.hold(partition, 'stop');
    try {
      await this.runBarrier();
    } finally {
      this.over = true;
      this.shadowLane.stop();
      this.history.stop();
    }
  }

  private async runBarrier(): Promise<void> {
    if (!this.over) await this.barrier.run(() => [...this.partitions.values()]);
  }

  private async takeIn(stays: PartitionStays, { records }: RecordBatch): Promise<void> {
    const refused: RefusedRecord[] = [];
    const points: HistoryPoint[] = [];
    const followUps: OutgoingRecord[] = [];
    const context = {
      ...{ release: this.parts.served.live.scorer.release, scoreEveryMs: this.options.scoreEveryMs },
      panels: this.options.panels,
      hasRoom: () => this.staysHeld() < this.options.maxStays,
      onDue: (state: StayState) => this.enqueue(stays, state),
    };
    this.tally.countReceived(records.length);
    for (const record of records) {
      const taken = takeInRecord(stays, record, context);
      this.tally.countEvent(taken.outcome);
      if (needsPerson(taken)) refused.push({ record, rejection: taken.rejection });
      if (taken.points) points.push(...taken.points);
      if (taken.followUp) followUps.push(taken.followUp);
    }
    this.tally.countHandedOn(followUps.length);
    this.lanes.pump();
    this.shadowLane.pump();
    if (this.options.overload === 'wait' && this.queue.isFull) this.gate.hold(stays.partition, 'overload');
    this.history.add(points, () => this.isHeld(stays));
    if (!this.isHeld(stays)) return;
    await publishDeadLetters(this.parts.log, refused);
    this.tally.countDeadLetters(refused.length);
    if (followUps.length > 0) await this.parts.log.append(TOPICS.bedsideEvents, followUps);
    stays.nextOffset = records.at(-1)!.offset + 1n;
    await this.history.room();
  }

  private enqueue(stays: PartitionStays, state: StayState): void {
    this.tally.countDue();
    stays.pendingWindows++;
    const { live, shadows } = this.parts.served;
    live.hold();
    const superseded = this.queue.offer({ stays, seat: live, window: assembleWindow(state, live.scorer.release) });
    this.shadowLane.offer(stays, state, shadows);
    if (!superseded) return;
    superseded.stays.pendingWindows--;
    superseded.seat.letGo();
    this.tally.countWindow('superseded');
  }

  /** Hands what waits to the release that is live now, as far as it reads the same; the rest is scored by the one it was due for. */
  private takeOver(): void {
    const { live } = this.parts.served;
    const { release } = live.scorer;
    this.queue.replaceEach((queued) => {
      if (queued.seat === live || !readsTheSame(queued.seat.scorer.release, release)) return queued;
      live.hold();
      queued.seat.letGo();
      return { ...queued, seat: live, window: renameWindow(queued.window, release) };
    });
    this.lanes.pump();
  }

  private progressed(): void {
    this.shadowLane.pump();
    if (this.queue.size <= this.options.queueWindows / 2) {
      for (const partition of this.gate.heldFor('overload')) this.gate.release(partition, 'overload');
    }
    for (const wake of this.waiters) wake();
    this.waiters.clear();
  }

  /** Resolves when the partition has no batch in hand and no due window, or is no longer ours. */
  private async quiet(stays: PartitionStays): Promise<void> {
    while (!this.isQuiet(stays)) {
      const batch = this.inHand.get(stays.partition);
      await (batch ?? new Promise<void>((resolve) => this.waiters.add(resolve)));
    }
  }

  private isQuiet(stays: PartitionStays): boolean {
    if (stays.revoked || this.over) return true;
    return !this.inHand.has(stays.partition) && stays.pendingWindows === 0;
  }

  /** Compares the assignment epoch, and asks for the assignment itself only when it has changed. */
  private isHeld(stays: PartitionStays): boolean {
    if (this.over || stays.revoked) return false;
    const epoch = this.subscription?.assignmentEpoch();
    if (epoch === this.checkedEpoch) return true;
    const assigned = new Set(this.subscription?.assigned().map(({ partition }) => partition));
    for (const other of this.partitions.values()) if (!assigned.has(other.partition)) other.revoked = true;
    this.checkedEpoch = epoch;
    return !stays.revoked;
  }

  private staysHeld(): number {
    let held = 0;
    for (const { size } of this.partitions.values()) held += size;
    return held;
  }

  private fail(error: unknown): void {
    if (this.over) return;
    this.over = true;
    this.progressed();
    this.parts.onFailure(error instanceof Error ? error : new Error(String(error)));
  }
}

function needsPerson(taken: TakenRecord): taken is TakenRecord & { rejection: NonNullable<TakenRecord['rejection']> } {
  return taken.rejection !== undefined && DEAD_LETTER_OUTCOMES.has(taken.outcome);
}
