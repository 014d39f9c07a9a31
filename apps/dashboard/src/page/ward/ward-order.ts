import { effect, signal } from '@preact/signals';
import { orderBeds, type BedOrder } from '../../live/order-beds.js';
import { live } from '../live-store.js';

/** By what the ward is sorted. */
export const bedOrder = signal<BedOrder>('risk');

/** What the ward is filtered by: words of bed, ward, site, stay or state. */
export const bedFilter = signal('');

/** Stays in the order of the ward. */
export const wardOrder = signal<readonly string[]>([]);

/** The chosen bed's stay. */
export const chosenStay = signal<string | undefined>(undefined);

/** Beds change places at most this often, milliseconds: figures move at once, rows calmly. */
const REORDER_EVERY_MS = 2_000;

/** While a hand is in the list, rows stay where they are for this long after it last moved, milliseconds. */
const HOLD_AFTER_HAND_MS = 1_500;

let lastOrderMs = 0;
let lastHandMs = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells that a hand moved over the list or a key moved the choice: the rows should not run away from it. */
export function noteHand(): void {
  lastHandMs = performance.now();
}

/** Keeps {@link wardOrder} in step: at once with filter and sort, calmly with the figures. */
export function followOrder(): () => void {
  const stopChoice = effect(() => reorder(bedOrder.value, bedFilter.value));
  const stopLive = effect(() => {
    const { beds } = live.value;
    const held = wardOrder.peek();
    const isNew = held.length === 0 || (bedFilter.peek() === '' && held.length !== beds.size);
    if (isNew && beds.size > 0) reorder(bedOrder.peek(), bedFilter.peek());
    else later();
  });
  return () => {
    stopChoice();
    stopLive();
    clearTimeout(timer);
    timer = undefined;
  };
}

function later(): void {
  timer ??= setTimeout(
    () => {
      timer = undefined;
      if (performance.now() - lastHandMs < HOLD_AFTER_HAND_MS) later();
      else reorder(bedOrder.peek(), bedFilter.peek());
    },
    Math.max(200, REORDER_EVERY_MS - (performance.now() - lastOrderMs)),
  );
}

function reorder(order: BedOrder, filter: string): void {
  lastOrderMs = performance.now();
  const next = orderBeds(live.peek().beds.values(), order, filter);
  const held = wardOrder.peek();
  if (next.length !== held.length || next.some((stayId, place) => stayId !== held[place])) wardOrder.value = next;
}
