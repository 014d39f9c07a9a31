import type { DueState } from '../stays/stay-state.js';

/** What an accepted observation did to a stay. */
export interface WindowChange {
  /** Event time of the window, epoch milliseconds. */
  readonly eventTimeMs: number;
  /** Whether the window is above the release's floor. */
  readonly scorable: boolean;
  readonly laboratory: boolean;
  /** Log time of the record. */
  readonly loggedAtMs: number;
}

/**
 * Whether an accepted observation makes its stay due at once: its first one, one that moves the event time far enough, or the one
 * that completes the first scorable window. A changed laboratory bin is remembered, see {@link isSettled}.
 */
export function decideDue(
  due: DueState,
  change: WindowChange,
  scoreEveryMs: number,
): { readonly isDue: boolean; readonly next: DueState } {
  const { eventTimeMs, scorable, laboratory, loggedAtMs } = change;
  const moved = due.lastDueAtMs === undefined || eventTimeMs - due.lastDueAtMs >= scoreEveryMs;
  if (moved || (scorable && !due.scorable)) return { isDue: true, next: { lastDueAtMs: eventTimeMs, scorable } };
  const next = { ...due, scorable };
  return { isDue: false, next: laboratory ? { ...next, laboratoryChangedAtMs: loggedAtMs } : next };
}

/**
 * Whether a stay whose laboratory bins changed is due now: the log's time has moved past the change, so that the whole panel, whose
 * values become available at the same moment, is in and is scored once.
 *
 * @param loggedAtMs log time of the record at hand, of whatever stay of the partition
 */
export function isSettled(due: DueState, loggedAtMs: number): boolean {
  return due.laboratoryChangedAtMs !== undefined && loggedAtMs > due.laboratoryChangedAtMs;
}
