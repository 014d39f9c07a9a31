import type { OutboxEntry } from './outbox-entry.js';

/** The deliveries of one stay, in order; one of them is under way at a time. */
export interface StayLane {
  readonly stayId: string;
  readonly entries: OutboxEntry[];
  /** Nothing is started before, epoch milliseconds. */
  notBeforeMs: number;
  busy: boolean;
}

/** What waits at a sink, in a lane for each stay. A lane that waits for its next attempt does not hold the others. */
export class StayLanes {
  private readonly lanes = new Map<string, StayLane>();
  private count = 0;

  /** Deliveries that wait or are under way. */
  get size(): number {
    return this.count;
  }

  /** Adds behind what the stay has. @returns entries that the new one took the place of, with `newestOnly` */
  add(entry: OutboxEntry, newestOnly: boolean): readonly OutboxEntry[] {
    const { stayId, alertId } = entry.alert;
    let lane = this.lanes.get(stayId);
    if (lane === undefined) this.lanes.set(stayId, (lane = { stayId, entries: [], notBeforeMs: 0, busy: false }));
    const first = lane.busy ? 1 : 0;
    const replaced = newestOnly
      ? lane.entries.filter((waiting, i) => i >= first && waiting.alert.alertId === alertId && !waiting.verdict)
      : [];
    for (const one of replaced) lane.entries.splice(lane.entries.indexOf(one), 1);
    lane.entries.push(entry);
    this.count += 1 - replaced.length;
    return replaced;
  }

  /** The lane that may start, the one that has waited longest first. @param held stays that may not */
  next(nowMs: number, held: ReadonlySet<string>): StayLane | undefined {
    let first: StayLane | undefined;
    for (const lane of this.lanes.values()) {
      if (lane.busy || lane.notBeforeMs > nowMs || held.has(lane.stayId)) continue;
      if (first === undefined || lane.notBeforeMs < first.notBeforeMs) first = lane;
    }
    return first;
  }

  /** When the next pause of a lane is over, epoch milliseconds; undefined when none pauses. */
  nextAfterMs(nowMs: number): number | undefined {
    let soonest: number | undefined;
    for (const { busy, notBeforeMs } of this.lanes.values()) {
      if (!busy && notBeforeMs > nowMs) soonest = Math.min(soonest ?? Infinity, notBeforeMs);
    }
    return soonest;
  }

  /** Takes the first entry out of its lane, which goes behind the others. */
  finish(lane: StayLane): void {
    lane.entries.shift();
    this.count -= 1;
    lane.notBeforeMs = 0;
    this.lanes.delete(lane.stayId);
    if (lane.entries.length > 0) this.lanes.set(lane.stayId, lane);
  }

  /** Whether something of the stay waits or is under way. */
  has(stayId: string): boolean {
    return this.lanes.has(stayId);
  }

  /** Whether a transition of the alert waits or is under way. */
  holds({ stayId, alertId }: { readonly stayId: string; readonly alertId: string }): boolean {
    return this.lanes.get(stayId)?.entries.some(({ alert }) => alert.alertId === alertId) ?? false;
  }

  /** Drops what belongs to partitions that are no longer ours; what is under way stays until it is answered. */
  dropRevoked(): void {
    for (const lane of this.lanes.values()) {
      const kept = lane.entries.filter(({ progress }, i) => !progress.revoked || (lane.busy && i === 0));
      this.count -= lane.entries.length - kept.length;
      lane.entries.splice(0, lane.entries.length, ...kept);
      if (kept.length === 0) this.lanes.delete(lane.stayId);
    }
  }

  /** Everything that waits, lane by lane. */
  *waiting(): Iterable<{ readonly entry: OutboxEntry; readonly lane: StayLane }> {
    for (const lane of this.lanes.values()) for (const entry of lane.entries) yield { entry, lane };
  }
}
