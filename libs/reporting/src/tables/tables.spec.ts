import { describe, expect, it } from '@jest/globals';
import { csvTable } from './csv-table.js';
import { markdownTable } from './markdown-table.js';
import type { Table } from './table.js';

const TABLE: Table = {
  id: 'deaths',
  title: 'Deaths',
  columns: [
    { name: 'method' },
    { name: 'windows', digits: 0 },
    { name: 'AUROC', interval: true },
    { name: 'PPV %', digits: 1 },
  ],
  rows: [
    ['ours, a|b', 300, { value: 0.8515, low: 0.787, high: 0.9081 }, 36.96],
    ['news2', 300, { value: 0.638, low: Number.NaN, high: Number.NaN }, undefined],
    ['none', 0, Number.NaN, undefined],
  ],
  notes: ['A note.'],
  provenance: {
    command: 'npm run evaluate -- mortality',
    seed: 7,
    dataDigest: '0123456789abcdef0123',
    hiddenDigest: 'fedcba9876543210fedc',
    code: '0.1.0+abc',
    wallSeconds: 64.6,
  },
};

describe('markdownTable', () => {
  it('writes figures to their digits, with intervals, notes and origin', () => {
    expect(markdownTable(TABLE)).toBe(`# Deaths

| method | windows | AUROC | PPV % |
| --- | ---: | ---: | ---: |
| ours, a\\|b | 300 | 0.852 (0.787 to 0.908) | 37.0 |
| news2 | 300 | 0.638 | – |
| none | 0 | – | – |

A note.

\`npm run evaluate -- mortality\`

seed 7, data \`0123456789ab\`, hidden entries \`fedcba987654\`, code 0.1.0+abc, 65 s of computation.

Research software, not a medical device.
`);
  });
});

describe('csvTable', () => {
  it('writes full precision, intervals in columns of their own, and the origin on every row', () => {
    const origin = '7,0123456789abcdef0123,fedcba9876543210fedc,0.1.0+abc';
    expect(csvTable(TABLE)).toBe(
      [
        'method,windows,auroc,auroc_low,auroc_high,ppv_percent,seed,data_digest,hidden_digest,code_version',
        `"ours, a|b",300,0.8515,0.787,0.9081,36.96,${origin}`,
        `news2,300,0.638,,,,${origin}`,
        `none,0,,,,,${origin}`,
        '',
      ].join('\n'),
    );
  });
});
