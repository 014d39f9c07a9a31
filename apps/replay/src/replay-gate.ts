/** Lets a replay through, holds it, or ends it. */
export class ReplayGate {
  #open: Promise<void> = Promise.resolve();
  #release: (() => void) | undefined;
  #stop = new AbortController();
  #change = new AbortController();

  get isClosed(): boolean {
    return this.#release !== undefined;
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Aborts when the replay is stopped. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborts at the next close, open or stop: whoever sleeps looks again. */
  get changed(): AbortSignal {
    return this.#change.signal;
  }

  /** Resolves when the gate is open or the replay is stopped. */
  passed(): Promise<void> {
    return this.#open;
  }

  close(): void {
    if (this.isClosed || this.isStopped) return;
    this.#open = new Promise((resolve) => (this.#release = resolve));
    this.#announce();
  }

  open(): void {
    this.#release?.();
    this.#release = undefined;
    this.#announce();
  }

  stop(): void {
    this.#stop.abort();
    this.open();
  }

  #announce(): void {
    const before = this.#change;
    if (!this.isStopped) this.#change = new AbortController();
    before.abort();
  }
}
