import type { WindowScorer } from '../inference/window-scorer.js';

/**
 * A loaded release and the windows that are its own. When it has been replaced and its last window is finished, its scorer is given
 * back.
 */
export class ReleaseSeat {
  private windows = 0;
  private replaced = false;

  /** @param giveBack closes the scorer; absent where it belongs to someone else */
  constructor(
    readonly scorer: WindowScorer,
    private readonly giveBack?: () => void,
  ) {}

  /** A window is this release's to score. */
  hold(): void {
    this.windows++;
  }

  /** A window of this release is finished, or another's now. */
  letGo(): void {
    this.windows--;
    this.giveBackWhenDone();
  }

  /** Takes no more windows. */
  replace(): void {
    if (this.replaced) return;
    this.replaced = true;
    this.giveBackWhenDone();
  }

  private giveBackWhenDone(): void {
    if (this.replaced && this.windows === 0) this.giveBack?.();
  }
}

/** A release on trial and the share of due windows that it scores. */
export interface ShadowSeat {
  readonly seat: ReleaseSeat;
  readonly share: number;
}

/** Which releases due windows go to: one live, and shadows beside it. */
export class ServedReleases {
  private readonly listeners = new Set<() => void>();
  private shadowSeats: readonly ShadowSeat[] = [];

  constructor(private liveSeat: ReleaseSeat) {}

  /** The release whose scores are shown. */
  get live(): ReleaseSeat {
    return this.liveSeat;
  }

  get shadows(): readonly ShadowSeat[] {
    return this.shadowSeats;
  }

  /** Called after every change of the live release. */
  onSwitch(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Windows that are due from now on are the new release's; those that wait are taken over by whoever listens. */
  switchTo(next: ReleaseSeat): void {
    const before = this.liveSeat;
    this.liveSeat = next;
    for (const listener of this.listeners) listener();
    before.replace();
  }

  /** Replaces the shadows; those that are no longer among them take no more windows. */
  setShadows(next: readonly ShadowSeat[]): void {
    const kept = new Set(next.map(({ seat }) => seat));
    const gone = this.shadowSeats.filter(({ seat }) => !kept.has(seat));
    this.shadowSeats = next;
    for (const { seat } of gone) seat.replace();
  }
}
