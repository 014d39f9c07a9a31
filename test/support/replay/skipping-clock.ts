/** A clock on which a sleep passes at once: it counts the time instead of spending it. */
export class SkippingClock {
  #nowMs: number;
  /** Every sleep that was asked for, milliseconds. */
  readonly sleptMs: number[] = [];

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
  }

  sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.sleptMs.push(durationMs);
    this.#nowMs += durationMs;
    return Promise.resolve();
  }
}
