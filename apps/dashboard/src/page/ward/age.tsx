import type { JSX } from 'preact';
import { ageWords, freshness, type FreshnessLimits } from '../../words/age-words.js';

/** What an age is drawn from. */
interface AgeProps {
  readonly ageMs: number | undefined;
  /** When it counts as ageing and as old. */
  readonly limits?: FreshnessLimits;
}

/** An age, worded, with a shape and colour for its freshness. */
export function Age({ ageMs, limits }: AgeProps): JSX.Element {
  const fresh = freshness(ageMs, limits);
  return (
    <span class="age number" data-freshness={fresh}>
      {ageMs === undefined ? 'no data' : ageWords(ageMs)}
      {fresh === 'old' && <span class="hidden-words"> (old)</span>}
    </span>
  );
}
