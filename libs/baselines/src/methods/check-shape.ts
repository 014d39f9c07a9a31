import type { WindowGrid } from '../methods/window-grid.js';

/** @throws RangeError when windows have other signals or hours than those that a method was fitted on */
export function checkShape(id: string, fitted: Pick<WindowGrid, 'signalIds' | 'hours'>, windows: WindowGrid): void {
  const [expected, found] = [fitted, windows].map(({ signalIds, hours }) => `${signalIds.join(', ')} x ${hours} hours`);
  if (expected !== found) throw new RangeError(`${id} was fitted on ${expected}, but the windows hold ${found}`);
}
