import { BED_ORDERS } from '../../live/order-beds.js';
import { isTyping } from '../shell/is-typing.js';
import { openStay } from '../route.js';
import { bedFilter, bedOrder, chosenStay, noteHand, wardOrder } from './ward-order.js';

/** What the keys need of the ward's list. */
export interface WardList {
  /** Rows that fit in sight. */
  rowsInSight(): number;
  show(place: number): void;
  focusList(): void;
  focusFilter(): void;
}

/** Handles a key pressed in the ward. Says whether it was one of the ward's. */
export function handleWardKey(event: KeyboardEvent, list: WardList): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === 'Escape') return clearFilter(list);
  if (isTyping(event)) return event.key === 'ArrowDown' || event.key === 'Enter' ? move(0, list) : false;
  if (event.key === '/') {
    list.focusFilter();
    return true;
  }
  const order = BED_ORDERS[Number(event.key) - 1];
  if (order) {
    bedOrder.value = order;
    return true;
  }
  if (event.key === 'Enter') return open(event);
  return moveBy(event.key, list);
}

function clearFilter(list: WardList): boolean {
  if (bedFilter.peek() !== '') bedFilter.value = '';
  list.focusList();
  return true;
}

/** Enter on a button presses the button. */
function open(event: KeyboardEvent): boolean {
  const chosen = chosenStay.peek();
  if (event.target instanceof HTMLButtonElement || chosen === undefined) return false;
  openStay(chosen);
  return true;
}

function moveBy(key: string, list: WardList): boolean {
  const page = Math.max(1, list.rowsInSight() - 1);
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return move(1, list);
    case 'ArrowUp':
    case 'k':
      return move(-1, list);
    case 'PageDown':
      return move(page, list);
    case 'PageUp':
      return move(-page, list);
    case 'Home':
      return move(-Infinity, list);
    case 'End':
      return move(Infinity, list);
    default:
      return false;
  }
}

/** Moves the choice by rows; the first move chooses the first bed. */
function move(by: number, list: WardList): boolean {
  const order = wardOrder.peek();
  if (order.length === 0) return false;
  noteHand();
  const at = order.indexOf(chosenStay.peek() ?? '');
  const place = at < 0 ? (by === Infinity ? order.length - 1 : 0) : Math.min(order.length - 1, Math.max(0, at + by));
  chosenStay.value = order[place];
  list.show(place);
  list.focusList();
  return true;
}
