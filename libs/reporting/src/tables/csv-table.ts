import type { Column, Entry, Table } from './table.js';

/** The table as CSV: full precision, intervals as three columns, and on every row where the figures come from. */
export function csvTable({ columns, rows, provenance }: Table): string {
  const { seed, dataDigest, hiddenDigest = '', code } = provenance;
  const origin = [String(seed), dataDigest, hiddenDigest, code];
  const head = [...columns.flatMap(headsOf), 'seed', 'data_digest', 'hidden_digest', 'code_version'];
  const lines = rows.map((row) => [...columns.flatMap((column, at) => fieldsOf(row[at], column)), ...origin]);
  return [head, ...lines].map((fields) => `${fields.map(quoted).join(',')}\n`).join('');
}

function headsOf({ name, interval }: Column): string[] {
  const head = name
    .toLowerCase()
    .replaceAll('%', 'percent')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  return interval === true ? [head, `${head}_low`, `${head}_high`] : [head];
}

function fieldsOf(entry: Entry, { interval }: Column): string[] {
  if (interval !== true) return [typeof entry === 'object' ? numberText(entry.value) : numberText(entry)];
  if (typeof entry === 'object') return [entry.value, entry.low, entry.high].map(numberText);
  return [numberText(entry), '', ''];
}

function numberText(entry: string | number | undefined): string {
  if (entry === undefined || Number.isNaN(entry)) return '';
  return String(entry);
}

function quoted(field: string): string {
  return /[",\n\r]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
