import { renderSvg } from './render-svg.js';

/** Points in the plane, one panel of a picture. */
export interface ScatterPanel {
  readonly title: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly group: string }[];
}

const PANEL = { width: 260, height: 260 };

/** Draws panels of points side by side, two in a row, each on axes of its own without numbers: positions mean nothing but nearness. */
export function scatterChart(
  title: string,
  groups: readonly string[],
  panels: readonly ScatterPanel[],
): Promise<string> {
  const axis = { type: 'quantitative' as const, axis: null, scale: { zero: false } };
  return renderSvg({
    title,
    columns: 2,
    concat: panels.map(({ title: name, points }) => ({
      ...PANEL,
      title: { text: name, fontSize: 12 },
      data: { values: [...points] },
      mark: { type: 'circle' as const, size: 14, opacity: 0.7 },
      encoding: {
        x: { field: 'x', ...axis },
        y: { field: 'y', ...axis },
        color: {
          field: 'group',
          type: 'nominal' as const,
          title: null,
          scale: { domain: [...groups] },
          legend: { orient: 'bottom' as const },
        },
      },
    })),
  });
}
