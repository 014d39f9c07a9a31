/** A latch between one sleeper and many wakers: a wake-up that comes while nobody sleeps is kept for the next sleep. */
export class Wake {
  private pending = false;
  private wakeSleeper: (() => void) | undefined;

  /** Ends the sleep, or the next one. */
  notify(): void {
    this.pending = true;
    this.wakeSleeper?.();
  }

  /** Sleeps until notified. */
  async sleep(): Promise<void> {
    if (!this.pending) await new Promise<void>((resolve) => (this.wakeSleeper = resolve));
    this.wakeSleeper = undefined;
    this.pending = false;
  }
}
