interface Timer {
  readonly atMs: number;
  readonly task: () => void;
}

/** A clock that moves only when told to, running what falls due on the way in order. Between two tasks, what they started has its turn. */
export class ManualDeliveryClock {
  private readonly timers = new Set<Timer>();

  constructor(private now = Date.parse('2026-01-05T08:00:00Z')) {}

  nowMs(): number {
    return this.now;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.now + delayMs, task };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  async advance(byMs: number): Promise<void> {
    const untilMs = this.now + byMs;
    await settled();
    for (let due = this.next(untilMs); due !== undefined; due = this.next(untilMs)) {
      this.now = due.atMs;
      this.timers.delete(due);
      due.task();
      await settled();
    }
    this.now = untilMs;
  }

  private next(untilMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) if (timer.atMs <= untilMs && timer.atMs < (first?.atMs ?? Infinity)) first = timer;
    return first;
  }
}

/** Lets promises that are about to settle do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
