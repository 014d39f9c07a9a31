import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import type { Ref } from 'preact';
import { BED_ORDERS, type BedOrder } from '../../live/order-beds.js';
import { countStates } from '../../words/state-words.js';
import { live } from '../live-store.js';
import { Glass } from '../shell/icons.js';
import { bedFilter, bedOrder, wardOrder } from './ward-order.js';

const ORDER_WORDS: Readonly<Record<BedOrder, string>> = { risk: 'Risk', news2: 'NEWS2', bed: 'Bed' };

const counts = computed(() => countStates(live.value.beds.values()));

/** Filter, order, and how many beds are not plainly live; a count filters by itself. */
export function WardTools({ filterBox }: { readonly filterBox: Ref<HTMLInputElement> }): JSX.Element {
  return (
    <div class="ward-tools">
      <label class="ward-filter">
        <span class="hidden-words">Filter by bed, ward, site or state</span>
        <Glass />
        <input
          ref={filterBox}
          type="search"
          placeholder="Filter beds"
          value={bedFilter.value}
          spellcheck={false}
          onInput={(event) => (bedFilter.value = event.currentTarget.value)}
        />
      </label>
      <div class="choice" role="group" aria-label="Sort by">
        {BED_ORDERS.map((order) => (
          <button
            key={order}
            type="button"
            aria-pressed={bedOrder.value === order}
            onClick={() => (bedOrder.value = order)}
          >
            {ORDER_WORDS[order]}
          </button>
        ))}
      </div>
      <Counts />
    </div>
  );
}

function Counts(): JSX.Element {
  const all = live.value.beds.size;
  const shown = wardOrder.value.length;
  return (
    <div class="ward-counts number" role="status">
      <span>
        <b>{all}</b> {all === 1 ? 'bed' : 'beds'}
        {shown !== all && `, ${shown} shown`}
      </span>
      {counts.value.map(({ words, kind, beds }) => (
        <button
          key={words}
          type="button"
          class="count"
          data-kind={kind}
          aria-pressed={bedFilter.value === words}
          onClick={() => (bedFilter.value = bedFilter.peek() === words ? '' : words)}
        >
          <b>{beds}</b> {words}
        </button>
      ))}
      {live.value.feed?.truncated && (
        <span class="count" data-kind="trouble">
          more stays exist than can be shown
        </span>
      )}
    </div>
  );
}
