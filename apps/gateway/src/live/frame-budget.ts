/** How many frames a connection may still send: a bucket that holds a minute's worth and fills evenly. */
export class FrameBudget {
  private left: number;

  constructor(
    private readonly perMinute: number,
    private lastMs: number,
  ) {
    this.left = perMinute;
  }

  /** @returns false when the frame is one too many */
  spend(nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - this.lastMs);
    this.left = Math.min(this.perMinute, this.left + (elapsedMs * this.perMinute) / 60_000);
    this.lastMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
