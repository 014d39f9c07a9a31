import { HOUR_MS } from '#clinical';
import { renderSvg } from '#reporting';
import type { StayScores } from '../scoring/stay-scores.js';

const SIZE = { width: 250, height: 120 };
const NEWS2_MOST = 20;

/** The course of a stay: the risk with its interval, and NEWS2 as a share of its 20 points. @returns SVG */
export function coursePicture({ rows }: StayScores): Promise<string> {
  const risks = rows.flatMap(({ risk, sinceAdmissionMs }) =>
    risk === undefined ? [] : [{ hour: sinceAdmissionMs / HOUR_MS, ...risk }],
  );
  const news2 = rows.map(({ sinceAdmissionMs, news2: total }) => ({
    hour: sinceAdmissionMs / HOUR_MS,
    share: total / NEWS2_MOST,
  }));
  const x = { field: 'hour', type: 'quantitative' as const, title: 'h since admission', scale: { nice: false } };
  const y = (field: string) => ({
    ...{ field, type: 'quantitative' as const, title: 'risk; NEWS2 / 20' },
    scale: { domain: [0, 1] },
  });
  return renderSvg({
    ...SIZE,
    layer: [
      {
        data: { values: risks },
        mark: { type: 'area' as const, color: '#0072b2', opacity: 0.2 },
        encoding: { x, y: y('low'), y2: { field: 'high' } },
      },
      {
        data: { values: news2 },
        mark: { type: 'line' as const, color: '#d55e00', strokeWidth: 1, strokeDash: [3, 2] },
        encoding: { x, y: y('share') },
      },
      {
        data: { values: risks },
        mark: { type: 'line' as const, color: '#0072b2', strokeWidth: 2 },
        encoding: { x, y: y('median') },
      },
    ],
  });
}
