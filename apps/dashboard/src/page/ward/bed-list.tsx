import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useImperativeHandle, useRef } from 'preact/hooks';
import { scrollToShow, visibleRows } from '../../live/visible-rows.js';
import { live } from '../live-store.js';
import { openStay } from '../route.js';
import { BedRow } from './bed-row.js';
import { RiskAxis } from './risk-bar.js';
import { chosenStay, noteHand, wardOrder } from './ward-order.js';

/** What others may ask of the list. */
export interface BedListHandle {
  rowsInSight(): number;
  /** Scrolls so that the row at a place is in sight. */
  show(place: number): void;
  focus(): void;
}

/** Sizes that the style sheet decides, CSS pixels. */
interface ListSizes {
  readonly rowPx: number;
  readonly viewPx: number;
}

const NARROW = '(max-width: 900px)';
const ROW_PX = 54;
const NARROW_ROW_PX = 118;

/** The beds in order, of which only those in sight are drawn. */
export function BedList({ handle }: { readonly handle: RefObject<BedListHandle | null> }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const scrollTopPx = useSignal(0);
  const isScrolling = useSignal(false);
  const sizes = useSignal<ListSizes>({ rowPx: ROW_PX, viewPx: 900 });
  useEffect(() => followSizes(scroller.current!, (next) => (sizes.value = next)), []);
  useImperativeHandle(handle, () => listHandle(scroller, () => sizes.peek()), []);
  const { rowPx, viewPx } = sizes.value;
  const order = wardOrder.value;
  const { beds, clockMs } = live.value;
  const { first, end } = visibleRows(order.length, rowPx, scrollTopPx.value, viewPx);
  const rows = order.slice(first, end).flatMap((stayId, position) => {
    const bed = beds.get(stayId);
    if (!bed) return [];
    const place = first + position;
    const newest = bed.newestObservationAtMs;
    const ageMs = newest === undefined || clockMs === undefined ? undefined : Math.max(0, clockMs - newest);
    const isChosen = chosenStay.value === stayId;
    const at = { place, topPx: place * rowPx, ageMs, isChosen };
    return [<BedRow key={stayId} bed={bed} {...at} onOpen={openStay} />];
  });
  return (
    <div class="ward-table" role="grid" aria-label="Beds" aria-rowcount={order.length + 1}>
      <Columns />
      <div
        class="ward-scroll"
        ref={scroller}
        role="rowgroup"
        tabIndex={0}
        aria-activedescendant={chosenStay.value && `bed-${chosenStay.value}`}
        onScroll={(event) => {
          isScrolling.value = true;
          scrollTopPx.value = event.currentTarget.scrollTop;
        }}
        onScrollEnd={() => (isScrolling.value = false)}
        onPointerMove={noteHand}
      >
        <div
          class="ward-rows"
          role="presentation"
          data-still={String(isScrolling.value)}
          style={{ height: `${order.length * rowPx}px` }}
        >
          {rows}
        </div>
      </div>
    </div>
  );
}

function Columns(): JSX.Element {
  return (
    <div class="ward-columns" role="row">
      <span class="cell-bed" role="columnheader">
        Bed
      </span>
      <span class="cell-bar" role="presentation">
        <RiskAxis />
      </span>
      <span class="cell-risk" role="columnheader">
        Risk, 5–95 %
      </span>
      <span class="cell-trend-title" role="presentation">
        Trend of risk
      </span>
      <span class="cell-news2" role="columnheader">
        NEWS2
      </span>
      <span class="cell-age" role="columnheader">
        Newest
      </span>
      <span class="cell-data" role="columnheader">
        Window
      </span>
      <span class="cell-state" role="columnheader">
        State
      </span>
    </div>
  );
}

/** Follows the sizes of the list: at once and whenever the page is resized. */
function followSizes(scroller: HTMLDivElement, onSizes: (sizes: ListSizes) => void): () => void {
  const measure = (): void => {
    onSizes({
      rowPx: matchMedia(NARROW).matches ? NARROW_ROW_PX : ROW_PX,
      viewPx: scroller.clientHeight,
    });
  };
  const observer = new ResizeObserver(measure);
  observer.observe(scroller);
  measure();
  return () => observer.disconnect();
}

function listHandle(scroller: RefObject<HTMLDivElement | null>, sizes: () => ListSizes): BedListHandle {
  return {
    rowsInSight: () => Math.floor(sizes().viewPx / sizes().rowPx),
    show: (place) => {
      const element = scroller.current;
      if (!element) return;
      const top = scrollToShow(place, sizes().rowPx, element.scrollTop, sizes().viewPx);
      if (top !== undefined) element.scrollTop = top;
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
  };
}
