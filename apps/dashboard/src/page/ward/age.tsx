import type { JSX } from 'preact';
import { ageWords, freshness } from '../../words/age-words.js';

/** An age, worded, with a shape and colour for its freshness. */
export function Age({ ageMs }: { readonly ageMs: number | undefined }): JSX.Element {
  const fresh = freshness(ageMs);
  return (
    <span class="age number" data-freshness={fresh}>
      {ageMs === undefined ? 'no data' : ageWords(ageMs)}
      {fresh === 'old' && <span class="hidden-words"> (old)</span>}
    </span>
  );
}
