import type { LiveFeed } from '#wire';

/**
 * Watches the feed as a whole on the wall clock. While nothing arrives the log's clock stands still and no bed ages, so this is the only place where a dead
 * feed shows. After a start the feed counts as silent until a first new record arrives: what was read back from the log proves nothing about now.
 */
export class FeedWatch {
  private catchingUp = true;
  private anySeen = false;
  private lastSeenMs: number | undefined;
  private flowing = false;

  constructor(private readonly silentAfterMs: number) {}

  /** Records arrived on `bedside-events`. */
  see(wallNowMs: number): void {
    this.anySeen = true;
    if (!this.catchingUp) this.flowing = true;
    this.lastSeenMs = wallNowMs;
  }

  /** What was on the log before the start has been read. */
  caughtUp(): void {
    this.catchingUp = false;
  }

  get isCatchingUp(): boolean {
    return this.catchingUp;
  }

  /** @param truncated whether stays are left out of the ward */
  state(wallNowMs: number, truncated: boolean): LiveFeed {
    // a clock that was put back counts from there: it must not take as long again until silence shows
    if (this.lastSeenMs !== undefined) this.lastSeenMs = Math.min(this.lastSeenMs, wallNowMs);
    const silentForMs = this.lastSeenMs === undefined ? undefined : wallNowMs - this.lastSeenMs;
    return {
      state: this.stateAt(silentForMs),
      ...(silentForMs === undefined ? {} : { silentForMs }),
      truncated,
    };
  }

  private stateAt(silentForMs: number | undefined): LiveFeed['state'] {
    if (this.catchingUp) return 'catching-up';
    if (!this.anySeen || silentForMs === undefined) return 'no-data-yet';
    return this.flowing && silentForMs < this.silentAfterMs ? 'flowing' : 'silent';
  }
}
