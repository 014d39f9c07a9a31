import { entryText } from './entry-text.js';
import { NOTICE, type Provenance, type Table } from './table.js';

const SHORT_DIGEST = 12;

/** The table as Markdown: title, rows, notes, and where the figures come from. */
export function markdownTable({ title, columns, rows, notes, provenance }: Table): string {
  const lines = [
    columns.map(({ name }) => name),
    columns.map((_, at) => (rows.every((row) => typeof row[at] === 'string') ? '---' : '---:')),
    ...rows.map((row) => columns.map((column, at) => entryText(row[at], column))),
  ].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  const paragraphs = notes.map((note) => `\n${note}`);
  return [`# ${title}`, '', ...lines, ...paragraphs, '', provenanceText(provenance), '', NOTICE, ''].join('\n');
}

function provenanceText({ command, seed, dataDigest, hiddenDigest, code, wallSeconds }: Provenance): string {
  const parts = [
    `seed ${seed}`,
    `data \`${dataDigest.slice(0, SHORT_DIGEST)}\``,
    ...(hiddenDigest === undefined ? [] : [`hidden entries \`${hiddenDigest.slice(0, SHORT_DIGEST)}\``]),
    `code ${code}`,
    `${wallSeconds.toFixed(0)} s of computation`,
  ];
  return `\`${command}\`\n\n${parts.join(', ')}.`;
}
