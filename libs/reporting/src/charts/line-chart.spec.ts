import { describe, expect, it } from '@jest/globals';
import { lineChart } from './line-chart.js';

describe('lineChart', () => {
  const chart = {
    title: 'ROC, a data set',
    x: { title: 'share flagged', domain: [0, 1] as const },
    y: { title: 'sensitivity', domain: [0, 1] as const },
    reference: [
      [0, 0],
      [1, 1],
    ] as const,
    series: [
      { name: 'ours', points: [0, 0.1, 1].map((x) => ({ x, y: Math.sqrt(x) })) },
      {
        name: 'news2',
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      },
    ],
  };

  it('draws title, axes, legend and one line a series as SVG', async () => {
    const svg = await lineChart(chart);
    expect(svg.slice(0, 38)).toBe('<svg xmlns="http://www.w3.org/2000/svg');
    for (const text of ['ROC, a data set', 'share flagged', 'sensitivity', 'ours', 'news2'])
      expect(svg.includes(`>${text}</text>`)).toBe(true);
    // The reference and two series; their ends are the corners of the plot.
    const lines = [...svg.matchAll(/aria-roledescription="line mark"[^>]* d="([^"]+)"/g)].map(([, path]) => path!);
    expect(lines).toHaveLength(3);
    expect(lines.every((path) => path.startsWith('M0,360') && path.endsWith('L460,0'))).toBe(true);
  });

  it('gives the same text for the same chart, and marks points where asked to', async () => {
    const [first, second] = [await lineChart(chart), await lineChart(chart)];
    expect(first === second).toBe(true);
    const points = (await lineChart({ ...chart, marked: true })).match(/aria-roledescription="point"/g) ?? [];
    expect(points).toHaveLength(5);
  });

  it('writes labels beside points, and spaces equal ratios equally where asked to', async () => {
    const points = [1, 10, 100].map((x) => ({ x, y: x, label: `at ${x}` }));
    const x = { title: 'cost', logarithmic: true };
    const svg = await lineChart({ title: 'cost', x, y: { title: 'error' }, series: [{ name: 'one', points }] });
    const places = points.map(({ label }) =>
      Number(svg.match(new RegExp(`translate\\(([\\d.]+),[\\d.-]+\\)"[^>]*>${label}<`))?.[1]),
    );
    expect(places[1]! - places[0]!).toBeCloseTo(230, 6);
    expect(places[2]! - places[1]!).toBeCloseTo(230, 6);
  });
});
