import { NOTICE } from '../tables/table.js';
import { escapeHtml } from './escape-html.js';
import { numberClips } from './number-clips.js';

/** A part of a page under a heading of its own. */
export interface HtmlSection {
  readonly heading: string;
  /** HTML as it stands in the page: from `htmlTable`, SVG from the charts, or text that was escaped. */
  readonly html: string;
}

/** What a page holds. */
export interface HtmlPage {
  readonly title: string;
  /** Plain sentences below the title. */
  readonly lead: readonly string[];
  readonly sections: readonly HtmlSection[];
  /** Plain sentences at the end: where the figures come from. */
  readonly provenance: readonly string[];
}

const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff; margin: 0 auto; max-width: 1120px; padding: 24px; }
h1 { font-size: 24px; margin: 0 0 8px; } h2 { font-size: 18px; margin: 36px 0 8px; border-bottom: 1px solid #d7dde5; padding-bottom: 4px; }
h3 { font-size: 15px; margin: 20px 0 6px; }
nav a { margin-right: 14px; white-space: nowrap; } a { color: #0a5a9c; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 10px; text-align: left; border-bottom: 1px solid #e6eaef; vertical-align: top; } th { background: #f4f6f9; }
.figure { text-align: right; } .wide { overflow-x: auto; }
.note { color: #46515f; font-size: 13px; max-width: 90ch; } .lead { max-width: 90ch; }
.notice { background: #fff5e0; border: 1px solid #e8c670; padding: 8px 12px; }
.pictures { display: flex; flex-wrap: wrap; gap: 16px; } .pictures svg { width: 530px; max-width: 100%; height: auto; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 16px; }
.card { border: 1px solid #d7dde5; padding: 10px; } .card svg { max-width: 100%; height: auto; }
footer { margin-top: 40px; color: #46515f; font-size: 13px; overflow-wrap: anywhere; }
@media print { nav { display: none; } .card, svg { break-inside: avoid; } }
`;

/** One self-contained HTML file: nothing is fetched and nothing runs. The notice stands at the top of every page. */
export function htmlPage({ title, lead, sections, provenance }: HtmlPage): string {
  const links = sections.map(({ heading }, at) => `<a href="#part-${at + 1}">${escapeHtml(heading)}</a>`);
  const parts = sections.map(
    ({ heading, html }, at) => `<section id="part-${at + 1}">\n<h2>${escapeHtml(heading)}</h2>\n${html}\n</section>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Style and pictures stand in the file; a browser is told that nothing else may be loaded.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    `<title>${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="notice">${NOTICE}</p>`,
    ...lead.map((sentence) => `<p class="lead">${escapeHtml(sentence)}</p>`),
    `<nav>${links.join('\n')}</nav>`,
    numberClips(parts.join('\n')),
    '<footer>',
    ...provenance.map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    '</footer>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
