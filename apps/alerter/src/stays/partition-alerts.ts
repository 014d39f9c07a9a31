import { newStayAlerts } from '#alerting';
import { TOPICS } from '#wire';
import type { ReadTopic } from '../alerter-topics.js';
import type { StayEntry } from './stay-entry.js';
import { TimeOrder } from './time-order.js';

/** The stays of one partition number and how far its topics were read. Thrown away when the partition is revoked. */
export class PartitionAlerts {
  readonly stays = new Map<string, StayEntry>();
  /** Ids of stays whose snapshot is older than their state. */
  readonly touched = new Set<string>();
  /** Ids of stays to forget with a tombstone at the next barrier. */
  readonly forgotten = new Set<string>();
  /** Stays with transitions that are decided and not yet known to be published. */
  readonly unpublished = new Set<StayEntry>();
  /** Scores and bedside events that wait for their turn. */
  readonly order = new TimeOrder();
  /** Of each topic the position after the newest record that was read. */
  readonly nextOffsets = new Map<ReadTopic, bigint>();
  readonly committed = new Map<ReadTopic, bigint>();
  /** Greatest log time of a score that was taken in, epoch milliseconds; 0 before the first. */
  scoreTimeMs = 0;
  /** Greatest log time of a bedside event that was read. */
  bedsideTimeMs = 0;
  /** When a score, and when a bedside event, last arrived, on the wall clock; at first the time of the assignment. */
  scoreArrivedMs: number;
  bedsideArrivedMs: number;
  /** Ticks since then. */
  ticksWithoutBedside = 0;
  /** What stood on the log at the assignment has been read. Until then a replay's commands wait for the scores before them. */
  settled = false;
  /** Topics whose delivery is paused. */
  readonly paused = new Set<ReadTopic>();
  revoked = false;
  private turns: Promise<void> = Promise.resolve();
  private waiting = 0;

  /** @param assignedMs wall clock */
  constructor(
    readonly partition: number,
    assignedMs: number,
  ) {
    this.scoreArrivedMs = this.bedsideArrivedMs = assignedMs;
  }

  /** Bedside events have arrived, or will again, at this time of the wall clock. */
  hearBedside(nowMs: number): void {
    this.bedsideArrivedMs = nowMs;
    this.ticksWithoutBedside = 0;
  }

  /** What is known of a stay; a new one is not held until {@link keep}. */
  of(stayId: string): StayEntry {
    return (
      this.stays.get(stayId) ?? {
        ...{ state: newStayAlerts(stayId), next: {}, revision: 0, outbox: [] },
        ...{ dueMs: Infinity, quietBarriers: 0 },
      }
    );
  }

  keep(entry: StayEntry): void {
    this.stays.set(entry.state.stayId, entry);
    this.touched.add(entry.state.stayId);
    this.forgotten.delete(entry.state.stayId);
    entry.quietBarriers = 0;
  }

  /** Position to commit of a topic: nothing before it is still to be done. */
  committable(topic: ReadTopic): bigint | undefined {
    const { firstScoreOffset, firstBedsideOffset, firstCommandOffset } = this.order;
    const waiting = {
      [TOPICS.riskScores]: firstScoreOffset,
      [TOPICS.bedsideEvents]: firstBedsideOffset,
      [TOPICS.alertCommands]: firstCommandOffset,
    }[topic];
    return waiting ?? this.nextOffsets.get(topic);
  }

  /** Runs one thing at a time: batches of three topics, ticks and the barrier share the stays. */
  turn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting++;
    const done = this.turns.then(work);
    this.turns = done.then(
      () => void this.waiting--,
      () => void this.waiting--,
    );
    return done;
  }

  /** Nothing runs or waits to run. */
  get isIdle(): boolean {
    return this.waiting === 0;
  }
}
