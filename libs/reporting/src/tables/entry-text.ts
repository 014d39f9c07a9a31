import type { Column, Entry } from './table.js';

const DEFAULT_DIGITS = 3;

/** An entry as people read it: to the digits of its column, with its interval where it has one, and a dash where nothing is defined. */
export function entryText(entry: Entry, { digits = DEFAULT_DIGITS }: Pick<Column, 'digits'>): string {
  if (entry === undefined) return '–';
  if (typeof entry === 'string') return entry;
  const figure = (value: number): string =>
    Number.isFinite(value) ? value.toFixed(Number.isInteger(value) && digits === 0 ? 0 : digits) : '–';
  if (typeof entry === 'number') return figure(entry);
  const { value, low, high } = entry;
  return Number.isFinite(low) ? `${figure(value)} (${figure(low)} to ${figure(high)})` : figure(value);
}
