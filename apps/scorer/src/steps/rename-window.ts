import type { ReleaseFacts } from '../inference/window-scorer.js';
import type { DueWindow } from './assemble-window.js';
import { floorRefusal } from './is-scorable.js';
import { noiseKeyOf, scoreIdOf } from './score-id.js';

/** Whether windows that were assembled for one release can be handed to the other as they are. */
export function readsTheSame(one: ReleaseFacts, other: ReleaseFacts): boolean {
  return (
    one.signals.length === other.signals.length && one.signals.every((signal, row) => signal === other.signals[row])
  );
}

/**
 * A window that waits, as it would have been assembled for another release that reads the same signals: the numbers stay, its id, its
 * noise and its floor are the other release's.
 */
export function renameWindow(window: DueWindow, release: ReleaseFacts): DueWindow {
  const { stay, dueAtMs, digest, completeness, input } = window;
  const { releaseId } = release;
  return {
    ...window,
    scoreId: scoreIdOf(stay.stayId, dueAtMs, digest, releaseId),
    refusal: floorRefusal(input.hoursSinceAdmission, completeness, release),
    input: { ...input, noiseKey: noiseKeyOf(stay.stayId, dueAtMs, digest, releaseId) },
  };
}
