import { setImmediate } from 'node:timers/promises';
import type { RecordBatch, TopicPartition } from '../subscription.js';
import type { ReadPage } from './log-storage.js';
import { Wake } from './wake.js';

/** What a delivery needs besides its partition. */
export interface DeliveryOptions {
  /** Where to start. */
  readonly from: bigint;
  /** Gives the records at an offset; none when there are none yet. */
  readonly read: (from: bigint) => ReadPage;
  /** Batches wait for it. */
  readonly ready: Promise<void>;
  readonly onBatch: (batch: RecordBatch) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** Hands the records of one partition to one member, batch after batch, until it is stopped. */
export class PartitionDelivery {
  private position: bigint;
  private readonly wake = new Wake();
  private paused = false;
  private stopping = false;
  private readonly finished: Promise<void>;

  constructor(
    readonly partition: TopicPartition,
    private readonly options: DeliveryOptions,
  ) {
    this.position = options.from;
    this.finished = this.run().catch((error: unknown) => {
      this.stopping = true;
      options.onFailure(error);
    });
  }

  /** Records may have come. */
  notify(): void {
    this.wake.notify();
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.wake.notify();
  }

  /** Starts no further batch; resolves when the batch in hand is done. */
  stop(): Promise<void> {
    this.stopping = true;
    this.wake.notify();
    return this.finished;
  }

  private async run(): Promise<void> {
    await this.options.ready;
    await setImmediate(); // whoever awaits subscribe() has the subscription before its first batch
    while (!this.stopping) {
      const page = this.paused ? undefined : this.nextPage();
      if (page === undefined) {
        await this.wake.sleep();
        continue;
      }
      await this.options.onBatch({ ...this.partition, records: page.records });
      this.position = page.nextOffset;
      await setImmediate(); // a long backlog must leave room for timers and sockets
    }
  }

  private nextPage(): ReadPage | undefined {
    const page = this.options.read(this.position);
    if (page.records.length > 0) return page;
    this.position = page.nextOffset;
    return undefined;
  }
}
