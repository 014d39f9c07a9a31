import type { JSX } from 'preact';
import { ageWords, dayAndTime } from '../../words/age-words.js';

/** A moment and its age: `15 Jan 14:05, 3 h 20 ago`. */
export function Since({ atMs, nowMs }: { readonly atMs: number; readonly nowMs: number }): JSX.Element {
  const age = ageWords(Math.max(0, nowMs - atMs));
  return (
    <time class="number" dateTime={new Date(atMs).toISOString()}>
      {dayAndTime(atMs)}, {age === 'now' ? 'just now' : `${age} ago`}
    </time>
  );
}
