import { computedFrom } from '#datasets';
import type { WindowStore } from './recorded-window.js';

/**
 * Windows as whoever measures an imputer must see them: a signal that the data set computed from another one of the windows' signals is not
 * there. It was not measured, so nobody shall be asked for it; and beside a hidden value of its origin it would be the answer.
 *
 * Nothing that is known goes with it, for its origin stays. Where the origin is not among the signals the computed one stays.
 *
 * @returns the store itself where there is nothing to take out
 */
export function withoutComputed(store: WindowStore): WindowStore {
  const { signals, hours, labels } = store;
  const rowsOf = new Map(
    [...new Set(labels.map(({ datasetId }) => datasetId))].map((id) => [id, computedRows(id, signals)]),
  );
  if ([...rowsOf.values()].every((rows) => rows.length === 0)) return store;
  const values = store.values.slice();
  labels.forEach(({ datasetId }, window) => {
    for (const row of rowsOf.get(datasetId)!) {
      const first = (window * signals.length + row) * hours;
      values.fill(Number.NaN, first, first + hours);
    }
  });
  return { ...store, values };
}

function computedRows(datasetId: string, signals: readonly string[]): number[] {
  return Object.entries(computedFrom(datasetId))
    .filter(([, origin]) => signals.includes(origin))
    .map(([signal]) => signals.indexOf(signal))
    .filter((row) => row >= 0);
}
