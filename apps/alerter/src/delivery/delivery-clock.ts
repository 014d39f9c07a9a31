/** Wall clock and timers of the delivery, as an argument so that specs move the time by hand. */
export abstract class DeliveryClock {
  /** Epoch milliseconds. */
  abstract nowMs(): number;
  /** Runs `task` once after `delayMs` unless the returned function is called before. */
  abstract after(delayMs: number, task: () => void): () => void;
}

/** The computer's own clock. Its timers do not keep the process alive. */
export class SystemDeliveryClock extends DeliveryClock {
  nowMs(): number {
    return Date.now();
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  }
}
