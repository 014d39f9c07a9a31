import type { JSX } from 'preact';
import { HOUR_MS } from '#clinical';
import type { LiveBed } from '#wire';
import { dayAndTime } from '../../words/age-words.js';
import { openStay } from '../route.js';
import { wardOrder } from '../ward/ward-order.js';
import { span, SPANS, type Span } from './stay-past.js';

const SPAN_WORDS: Readonly<Record<Span, string>> = { day: '24 hours', stay: 'Whole stay' };

/** Opens the bed that is `by` places further in the order of the ward, if there is one. */
export function openNeighbour(stayId: string, by: 1 | -1): void {
  const order = wardOrder.peek();
  const place = order.indexOf(stayId);
  const next = place < 0 ? undefined : order[place + by];
  if (next !== undefined) openStay(next);
}

/** Which bed this is, since when, and how far back the trends reach. */
export function StayHead({
  bed,
  clockMs,
}: {
  readonly bed: LiveBed;
  readonly clockMs: number | undefined;
}): JSX.Element {
  const hours = clockMs === undefined ? undefined : Math.floor((clockMs - bed.admittedAtMs) / HOUR_MS);
  return (
    <header class="stay-head">
      <div>
        <h2>{bed.bed}</h2>
        <p class="quiet">
          {bed.ward}, {bed.site}. Admitted <span class="number">{dayAndTime(bed.admittedAtMs)}</span>
          {hours !== undefined && hours >= 0 && <span class="number">, hour {hours + 1}</span>}
          {bed.endedAtMs !== undefined && `, ended ${dayAndTime(bed.endedAtMs)}`}
        </p>
      </div>
      <span class="shell-gap" />
      <div class="choice" role="group" aria-label="Trends reach back">
        {SPANS.map((reach) => (
          <button key={reach} type="button" aria-pressed={span.value === reach} onClick={() => (span.value = reach)}>
            {SPAN_WORDS[reach]}
          </button>
        ))}
      </div>
      <div class="choice" role="group" aria-label="Other beds">
        <button
          type="button"
          aria-label="Previous bed"
          title="Previous bed (←)"
          onClick={() => openNeighbour(bed.stayId, -1)}
        >
          ←
        </button>
        <button type="button" aria-label="Next bed" title="Next bed (→)" onClick={() => openNeighbour(bed.stayId, 1)}>
          →
        </button>
      </div>
    </header>
  );
}
