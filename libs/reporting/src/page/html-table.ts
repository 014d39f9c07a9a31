import { entryText } from '../tables/entry-text.js';
import type { Entry, Table } from '../tables/table.js';
import { escapeHtml } from './escape-html.js';

/** The rows of a table and its notes as HTML. The title and the provenance are left to the page. */
export function htmlTable({ columns, rows, notes }: Pick<Table, 'columns' | 'rows' | 'notes'>): string {
  const isText = columns.map((_, at) => rows.every((row) => typeof row[at] === 'string'));
  const place = (at: number): string => (isText[at] === true ? '' : ' class="figure"');
  const head = columns.map(({ name }, at) => `<th${place(at)}>${escapeHtml(name)}</th>`).join('');
  const line = (row: readonly Entry[]): string =>
    columns.map((column, at) => `<td${place(at)}>${escapeHtml(entryText(row[at], column))}</td>`).join('');
  const body = rows.map((row) => `<tr>${line(row)}</tr>`).join('\n');
  const table = `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
  return [table, ...notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`)].join('\n');
}
