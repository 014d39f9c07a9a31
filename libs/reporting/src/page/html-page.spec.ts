import { describe, expect, it } from '@jest/globals';
import { htmlPage } from './html-page.js';
import { htmlTable } from './html-table.js';

const TABLE = {
  columns: [{ name: 'score <b>' }, { name: 'AUROC', digits: 2 }],
  rows: [
    ['ours & "theirs"', { value: 0.8515, low: 0.787, high: 0.9081 }],
    ['news2', undefined],
  ],
  notes: ['Risk < 1.'],
};

describe('htmlTable', () => {
  it('escapes text, sets figures to the right and writes intervals to their digits', () => {
    expect(htmlTable(TABLE)).toBe(
      [
        '<div class="wide"><table>',
        '<thead><tr><th>score &lt;b&gt;</th><th class="figure">AUROC</th></tr></thead>',
        '<tbody>',
        '<tr><td>ours &amp; &quot;theirs&quot;</td><td class="figure">0.85 (0.79 to 0.91)</td></tr>',
        '<tr><td>news2</td><td class="figure">–</td></tr>',
        '</tbody>',
        '</table></div>',
        '<p class="note">Risk &lt; 1.</p>',
      ].join('\n'),
    );
  });
});

describe('htmlPage', () => {
  const page = htmlPage({
    title: 'A & B',
    lead: ['Two <releases>.'],
    sections: [
      { heading: 'Areas', html: htmlTable(TABLE) },
      { heading: 'Pictures', html: '<svg></svg>' },
    ],
    provenance: ['seed 7'],
  });

  it('is one file that loads nothing and carries the notice', () => {
    expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
    expect(page).not.toMatch(/<script|<link|src=|https?:/);
    expect(page).toContain('<p class="notice">Research software, not a medical device.</p>');
  });

  it('links to its sections and escapes what is plain text', () => {
    expect(page).toContain('<a href="#part-2">Pictures</a>');
    expect(page).toContain('<section id="part-2">\n<h2>Pictures</h2>\n<svg></svg>\n</section>');
    expect(page).toContain('<title>A &amp; B</title>');
    expect(page).toContain('<p class="lead">Two &lt;releases&gt;.</p>');
  });

  it('lets no picture clip another: their paths get names of their own', () => {
    const svg = '<svg><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>';
    const { length } = htmlPage({
      title: 't',
      lead: [],
      sections: [{ heading: 'h', html: `<p>clip0</p>${svg}<p>clip0</p>${svg}` }],
      provenance: [],
    }).match(/<p>clip0<\/p><svg><clipPath id="(clip\d+-0)"\/><g clip-path="url\(#\1\)"\/><\/svg>/g)!;
    expect(length).toBe(2);
  });
});
