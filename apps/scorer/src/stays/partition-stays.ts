import { ScorableWatch } from './scorable-watch.js';
import type { EndedStay, StayState } from './stay-state.js';

/** The stays of one assigned partition and how far it was read. Thrown away when the partition is revoked. */
export class PartitionStays {
  readonly live = new Map<string, StayState>();
  readonly ended = new Map<string, EndedStay>();
  /** Live stays whose laboratory bins changed at the newest log time; due as soon as the log's time moves on. */
  readonly settling = new Set<StayState>();
  /** Ids of stays whose snapshot is older than their state. */
  readonly touched = new Set<string>();
  /** Ids of stays to forget with a tombstone at the next barrier. */
  readonly forgotten = new Set<string>();
  /** Barriers that stays which are silent by the log's time have passed untouched. */
  readonly quietBarriers = new Map<string, number>();
  /** Scores that already stood on the log when the partition was assigned, newer than the snapshots: their ids without the release. */
  readonly published = new Set<string>();
  readonly watch = new ScorableWatch();
  /** Position after the newest record whose effects are complete; undefined before the first batch. */
  nextOffset: bigint | undefined;
  /** Greatest log time seen, epoch milliseconds; 0 before the first record. */
  logTimeMs = 0;
  /** Due windows that have neither been published nor given up. */
  pendingWindows = 0;
  /** Position of the last commit. */
  committed: bigint | undefined;
  revoked = false;

  constructor(readonly partition: number) {}

  /** Stays held, ended ones included. */
  get size(): number {
    return this.live.size + this.ended.size;
  }
}
