import { GatewayClock } from '#gateway';

interface Timer {
  atMs: number;
  readonly everyMs: number | undefined;
  readonly task: () => void;
}

/** A clock that moves only when told to, running what falls due on the way in order. */
export class ManualGatewayClock extends GatewayClock {
  private readonly timers = new Set<Timer>();

  constructor(private now = Date.parse('2026-01-05T08:00:00Z')) {
    super();
  }

  nowMs(): number {
    return this.now;
  }

  every(intervalMs: number, task: () => void): () => void {
    return this.add({ atMs: this.now + intervalMs, everyMs: intervalMs, task });
  }

  after(delayMs: number, task: () => void): () => void {
    return this.add({ atMs: this.now + delayMs, everyMs: undefined, task });
  }

  advance(byMs: number): void {
    const untilMs = this.now + byMs;
    for (let due = this.next(untilMs); due !== undefined; due = this.next(untilMs)) {
      this.now = due.atMs;
      if (due.everyMs === undefined) this.timers.delete(due);
      else due.atMs += due.everyMs;
      due.task();
    }
    this.now = untilMs;
  }

  /** Puts the wall clock forward or back; timers, which do not go by it, wait for as long as before. */
  putBy(byMs: number): void {
    this.now += byMs;
    for (const timer of this.timers) timer.atMs += byMs;
  }

  private next(untilMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) if (timer.atMs <= untilMs && timer.atMs < (first?.atMs ?? Infinity)) first = timer;
    return first;
  }

  private add(timer: Timer): () => void {
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }
}
