import { describe, expect, it } from '@jest/globals';
import { decideGate } from '../gate/decide-gate.js';
import { gatePolicySchema } from '../gate/gate-policy.js';
import { readPolicy } from '../policy-file.js';
import { evidence, PLAN } from '../trainings/desk-trial.js';
import type { Training } from '../trainings/training.js';
import { escaped, shown, table } from './html.js';
import { renderReport } from './render-report.js';
import { lineChart } from './svg-chart.js';

const POLICY = await readPolicy('apps/trainer/policies/gate-1.json', gatePolicySchema);
const TRAINING: Training = {
  ...{ id: '20260301-063000', trigger: 'request', by: 'b', why: 'w', start: 'champion', evenIfFew: false },
  ...{ state: 'running', step: 'decide', startedAtMs: Date.UTC(2026, 2, 1, 6, 30), restarts: 0, knownOutcomes: 1000 },
  progress: { phase: 'comparing', percent: 98, validation: [0.7, null, 0.8] },
  plan: {
    ...{ releaseId: 'local-1', championId: 'champion-1', championDirectory: '/c', setDigest: 'd' },
    stays: PLAN,
  },
};

describe('renderReport', () => {
  it('says what was decided and why, with figures, groups and pictures', () => {
    const { groups, ...rest } = evidence(0.02);
    const comparison = {
      ...rest,
      groups: [...groups, { ...groups[0]!, by: 'site' as const, group: '<north & co>', deaths: 2 }],
      reliability: {
        champion: [
          { risk: 0.1, died: 0.2, windows: 9 },
          { risk: 0.4, died: 0.5, windows: 9 },
        ],
        candidate: [{ risk: 0.2, died: 0.2, windows: 18 }],
      },
    };
    const page = renderReport(TRAINING, comparison, decideGate(POLICY, comparison), POLICY);
    expect(page).toContain('<strong>promote</strong> by gate-1.');
    expect(page).toContain('auroc better by 0.02 (0.019 to 0.021)');
    expect(page).toContain('<td>&lt;north &amp; co&gt;</td>');
    expect(page).toContain('<td>too few</td>');
    expect(page).toContain('Started 2026-03-01 06:30 UTC by request');
    expect(page.match(/<svg/g)).toHaveLength(2);
    // nothing is fetched from anywhere, and nothing runs
    expect(page).not.toMatch(/<script|src=|href=|url\(/);
    const opened = page.match(/<(table|tr|td|th|ul|li|div|figure|svg|h2)[ >]/g)!.length;
    expect(page.match(/<\/(table|tr|td|th|ul|li|div|figure|svg|h2)>/g)).toHaveLength(opened);
  });

  it('has a page for evidence without a figure', () => {
    const comparison = { ...evidence(0), groups: [{ ...evidence(0).groups[0]!, figures: [] }] };
    const page = renderReport({ ...TRAINING, progress: undefined }, comparison, decideGate(POLICY, comparison), POLICY);
    expect(page).toContain('is not defined on these stays');
    expect(page).not.toContain('<svg');
  });
});

describe('what a page is made of', () => {
  it('escapes and shortens', () => {
    expect(escaped(`<a href="x">'&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
    expect([shown(0.123456), shown(1234.5), shown(null), shown(undefined)]).toEqual(['0.123', '1230', '–', '–']);
    expect(table(['a'], [['x'], [1.5]])).toContain('<td>x</td></tr>\n<tr><td class="number">1.5</td>');
  });

  it('draws lines within the frame, and nothing of nothing', () => {
    const points = [
      { x: 0, y: 1 },
      { x: 10, y: 3 },
      { x: Number.NaN, y: 1 },
    ];
    const chart = lineChart('t', 'x', 'y', [{ name: 'n', colour: '#000', points }]);
    expect(chart).toContain('d="M48 260L448 12"');
    expect(lineChart('t', 'x', 'y', [{ name: 'n', colour: '#000', points: [] }])).toBe('');
  });
});
