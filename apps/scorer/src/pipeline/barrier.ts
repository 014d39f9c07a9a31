import type { EventLog, Subscription } from '#stream';
import type { HistoryStore } from '#history';
import type { PartitionStays } from '../stays/partition-stays.js';
import { commitOffsets } from '../steps/commit-offsets.js';
import { forgetSilentStays } from '../steps/forget-silent-stays.js';
import { publishOutcomes } from '../steps/publish-outcomes.js';
import { takeOutcomes } from '../steps/take-outcomes.js';
import { takeSnapshots, writeSnapshots } from '../steps/write-snapshots.js';
import type { EventTally } from './event-tally.js';
import type { HistoryWriter } from './history-writer.js';
import type { PartitionGate } from './partition-gate.js';

/** What the barrier works with. */
export interface BarrierParts {
  readonly log: EventLog;
  readonly history: HistoryWriter;
  /** Where the past of stays that ended is read back from. */
  readonly past: HistoryStore;
  readonly wait: (ms: number) => Promise<void>;
  readonly gate: PartitionGate;
  readonly tally: EventTally;
  readonly subscription: () => Subscription | undefined;
  /** Whether the partition is still ours. */
  readonly isHeld: (stays: PartitionStays) => boolean;
  /** Resolves when the partition has no batch in hand and no due window. */
  readonly quiet: (stays: PartitionStays) => Promise<void>;
  /** Whether that is so now; a batch that was on its way when the partition was paused may have come. */
  readonly isQuiet: (stays: PartitionStays) => boolean;
}

/**
 * Flush, then commit: due scores are published → history → outcomes of stays that ended → snapshots of the touched stays → offsets.
 *
 * One partition at a time, which is paused only until its due windows are published and its snapshots encoded. The history comes
 * before the snapshots, because a record that a snapshot contains is not taken in again, and before the outcomes, because they are read back
 * from it.
 */
export class Barrier {
  private running: Promise<void> | undefined;
  private again: Promise<void> | undefined;

  constructor(private readonly parts: BarrierParts) {}

  /** Runs once; a call while one runs waits for the next, which is shared. */
  run(partitions: () => readonly PartitionStays[]): Promise<void> {
    if (!this.running) return (this.running = this.pass(partitions()).finally(() => (this.running = undefined)));
    return (this.again ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.again = undefined;
        return this.run(partitions);
      }));
  }

  private async pass(partitions: readonly PartitionStays[]): Promise<void> {
    for (const stays of partitions) await this.flush(stays);
  }

  private async flush(stays: PartitionStays): Promise<void> {
    const { log, history, gate, tally, quiet, isQuiet, isHeld } = this.parts;
    gate.hold(stays.partition, 'barrier');
    let outcomes;
    let records;
    let nextOffset;
    try {
      do {
        await quiet(stays);
        await history.flushed();
      } while (!isQuiet(stays));
      if (!isHeld(stays) || stays.nextOffset === undefined) return;
      forgetSilentStays(stays);
      outcomes = takeOutcomes(stays);
      records = takeSnapshots(stays);
      nextOffset = stays.nextOffset;
    } finally {
      gate.release(stays.partition, 'barrier');
    }
    const { past, wait } = this.parts;
    await publishOutcomes(outcomes, {
      log,
      history: past,
      wait,
      partition: stays.partition,
      goesOn: () => isHeld(stays),
    });
    await writeSnapshots(log, records, () => isHeld(stays));
    tally.countSnapshots(records.length);
    const subscription = this.parts.subscription();
    if (!isHeld(stays) || !subscription || stays.committed === nextOffset) return;
    await commitOffsets(subscription, stays, nextOffset);
  }
}
