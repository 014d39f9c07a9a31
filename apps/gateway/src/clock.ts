/** Wall clock and timers, as an argument so that specs move the time by hand. */
export abstract class GatewayClock {
  /** Epoch milliseconds. */
  abstract nowMs(): number;
  /** Runs `task` every `intervalMs` until the returned function is called. */
  abstract every(intervalMs: number, task: () => void): () => void;
  /** Runs `task` once after `delayMs` unless the returned function is called before. */
  abstract after(delayMs: number, task: () => void): () => void;
}

/** The computer's own clock. Its timers do not keep the process alive. */
export class SystemClock extends GatewayClock {
  nowMs(): number {
    return Date.now();
  }

  every(intervalMs: number, task: () => void): () => void {
    const timer = setInterval(task, intervalMs).unref();
    return () => clearInterval(timer);
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  }
}
