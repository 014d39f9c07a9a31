import type { PartitionStays } from '../stays/partition-stays.js';
import type { ReleaseSeat } from '../releases/served-releases.js';
import type { DueWindow } from '../steps/assemble-window.js';

/** A due window, the partition that it belongs to and the release that scores it. */
export interface QueuedWindow {
  readonly window: DueWindow;
  readonly stays: PartitionStays;
  readonly seat: ReleaseSeat;
}

/**
 * What becomes of due windows when the queue is full: `supersede` lets the newest due of a stay replace its waiting one;
 * `wait` keeps all of them and holds the partition instead.
 */
export const OVERLOAD_RULES = ['supersede', 'wait'] as const;

/** One of {@link OVERLOAD_RULES}. */
export type OverloadRule = (typeof OVERLOAD_RULES)[number];

/**
 * Due windows that wait for the model. They leave in the order in which they came; a window that supersedes another has its place.
 *
 * Holds `capacity` windows, and beyond that at most one of each stay (`supersede`) or what a batch in hand still brings (`wait`).
 */
export class ScoreQueue {
  private readonly waiting = new Map<number, QueuedWindow>();
  /** Number of the newest waiting window of each stay. */
  private readonly newestOf = new Map<string, number>();
  private nextNumber = 0;

  constructor(
    readonly capacity: number,
    private readonly rule: OverloadRule,
  ) {}

  /** Windows waiting. */
  get size(): number {
    return this.waiting.size;
  }

  get isFull(): boolean {
    return this.waiting.size >= this.capacity;
  }

  /** Puts a window in; returns the waiting one that it replaces, if it does. */
  offer(queued: QueuedWindow): QueuedWindow | undefined {
    const { stayId } = queued.window.stay;
    const newest = this.newestOf.get(stayId);
    if (this.rule === 'supersede' && this.isFull && newest !== undefined) {
      const superseded = this.waiting.get(newest);
      this.waiting.set(newest, queued);
      return superseded;
    }
    this.waiting.set(this.nextNumber, queued);
    this.newestOf.set(stayId, this.nextNumber);
    this.nextNumber++;
    return undefined;
  }

  /** Replaces what waits, one by one and each in its place. */
  replaceEach(replace: (queued: QueuedWindow) => QueuedWindow): void {
    for (const [number, queued] of this.waiting) this.waiting.set(number, replace(queued));
  }

  /** Takes the oldest windows, all of one release. */
  take(most: number): QueuedWindow[] {
    const taken: QueuedWindow[] = [];
    for (const [number, queued] of this.waiting) {
      if (taken.length === most) break;
      const { stayId } = queued.window.stay;
      if (taken[0] && taken[0].seat !== queued.seat) break;
      this.waiting.delete(number);
      if (this.newestOf.get(stayId) === number) this.newestOf.delete(stayId);
      taken.push(queued);
    }
    return taken;
  }
}
