import type { RemovalReason } from '#wire';
import { PublishedScores } from './published-scores.js';
import { ScorableWatch } from './scorable-watch.js';
import type { EndedStay, GivenUpStay, Standing, StayState } from './stay-state.js';

/** The stays of one assigned partition and how far it was read. Thrown away when the partition is revoked. */
export class PartitionStays {
  readonly live = new Map<string, StayState>();
  /** Stays that ended, with their windows: a cancelled discharge goes on with them. */
  readonly ended = new Map<string, EndedStay>();
  /** Stays that ended some days ago; without a window, for their outcome may become known later. */
  readonly departed = new Map<string, EndedStay>();
  /** Stays whose admission was cancelled, or that were merged into another. */
  readonly givenUp = new Map<string, GivenUpStay>();
  /** Live stays whose laboratory bins changed at the newest log time; due as soon as the log's time moves on. */
  readonly settling = new Set<StayState>();
  /** Ids of stays whose snapshot is older than their state. */
  readonly touched = new Set<string>();
  /** Ids of stays to forget with a tombstone at the next barrier. */
  readonly forgotten = new Set<string>();
  /** What the next barrier has to say on `stay-outcomes`: a completed stay anew, or that its record is removed. */
  readonly outcomes = new Map<string, 'completed' | RemovalReason>();
  /** Barriers that stays which are silent by the log's time have passed untouched. */
  readonly quietBarriers = new Map<string, number>();
  /** Scores that already stood on the log when the partition was assigned, newer than the snapshots. */
  readonly published = new PublishedScores();
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

  /** Stays held with their windows, ended ones included. */
  get size(): number {
    return this.live.size + this.ended.size;
  }

  /** A stay that ended, with or without its window. */
  past(stayId: string): EndedStay | undefined {
    return this.ended.get(stayId) ?? this.departed.get(stayId);
  }

  /** How far a stay was read, whatever has become of it. */
  standing(stayId: string): Standing | undefined {
    return this.live.get(stayId) ?? this.past(stayId) ?? this.givenUp.get(stayId);
  }

  /** Gives a stay up: nothing is kept of it but that it was. */
  giveUp(stay: GivenUpStay): void {
    const state = this.live.get(stay.stayId);
    if (state) this.settling.delete(state);
    for (const group of [this.live, this.ended, this.departed]) group.delete(stay.stayId);
    this.givenUp.set(stay.stayId, stay);
  }
}
