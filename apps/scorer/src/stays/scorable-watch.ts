import type { SignalId } from '#clinical';
import type { ReleaseFacts } from '../inference/window-scorer.js';
import { refusalOf } from '../steps/is-scorable.js';
import type { StayState } from './stay-state.js';

interface Seen {
  readonly endHour: number;
  readonly release: ReleaseFacts;
  readonly signals: Set<SignalId>;
}

/**
 * Notices when a stay's window rises above the floor for the first time, without counting its signals at every observation.
 *
 * Within an hour a window's completeness for one release grows only by a signal that had no value yet, so only those are looked at. A cache: its
 * answers are those of {@link refusalOf}.
 */
export class ScorableWatch {
  private readonly seen = new WeakMap<StayState, Seen>();

  /** Whether the stay's window is, or was before, above the floor, now that a value of this signal was applied. */
  isScorable(state: StayState, applied: SignalId, release: ReleaseFacts): boolean {
    if (state.due.scorable) return true;
    const { endHour } = state.window;
    const seen = this.seen.get(state);
    const same = seen?.endHour === endHour && seen.release === release;
    if (same && seen.signals.has(applied)) return false;
    const now = refusalOf(state.window, release);
    if (now === 'too-little-data')
      this.seen.set(state, { endHour, release, signals: same ? seen.signals.add(applied) : new Set([applied]) });
    return now === undefined;
  }
}
