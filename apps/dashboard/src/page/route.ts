import { signal } from '@preact/signals';
import { decodedPart } from '../words/decoded-part.js';

/** What the page shows: the ward, one stay, or the model. */
export type Route = { readonly view: 'ward' | 'model' } | { readonly view: 'stay'; readonly stayId: string };

/** The view in the address; changes with the browser's back and forward. */
export const route = signal<Route>({ view: 'ward' });

/** Reads the address now and whenever it changes. */
export function followAddress(): void {
  const read = (): void => {
    route.value = routeOf(location.hash);
  };
  addEventListener('hashchange', read);
  read();
}

/** Opens a stay. */
export function openStay(stayId: string): void {
  location.hash = `#/stay/${encodeURIComponent(stayId)}`;
}

/** Goes to the ward. */
export function openWard(): void {
  location.hash = '#/';
}

/** Goes to the page about the model, or back from it to the ward. */
export function toggleModel(): void {
  location.hash = route.peek().view === 'model' ? '#/' : '#/model';
}

function routeOf(hash: string): Route {
  if (hash === '#/model') return { view: 'model' };
  const stay = /^#\/stay\/(.+)$/.exec(hash);
  return stay ? { view: 'stay', stayId: decodedPart(stay[1]!) } : { view: 'ward' };
}
