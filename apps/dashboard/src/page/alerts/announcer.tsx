import type { JSX } from 'preact';
import { announcement } from './alert-store.js';

/** Says to screen readers what begins to fire, at once and whether or not the panel is open. */
export function Announcer(): JSX.Element {
  const { words, turn } = announcement.value;
  return (
    <p class="hidden-words" role="alert" data-testid="announcement">
      <span key={turn}>{words}</span>
    </p>
  );
}
