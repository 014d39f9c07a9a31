import type { SignalId } from '#clinical';
import type { WindowStore } from '#training';

/**
 * A store with some of its signals, in the order given: what a bundle reads of windows that hold more.
 *
 * @throws RangeError when a signal is not in the store
 */
export function selectSignals(store: WindowStore, signals: readonly SignalId[]): WindowStore {
  if (signals.join() === store.signals.join()) return store;
  const { hours, labels } = store;
  const rows = signals.map((signal) => {
    const row = store.signals.indexOf(signal);
    if (row < 0) throw new RangeError(`the windows hold no ${signal}: cut them with a signal set that does`);
    return row;
  });
  const before = store.signals.length * hours;
  const after = signals.length * hours;
  const values = new Float32Array(labels.length * after);
  for (let window = 0; window < labels.length; window++)
    rows.forEach((row, at) => {
      const first = window * before + row * hours;
      values.set(store.values.subarray(first, first + hours), window * after + at * hours);
    });
  return { signals, hours, labels, values };
}
