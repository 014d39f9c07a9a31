import { renderSvg } from './render-svg.js';

/** A line of a picture. Points lie in the order in which they are joined. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** One axis: its title with the unit, and its ends where they are known. */
export interface ChartAxis {
  readonly title: string;
  readonly domain?: readonly [number, number];
}

/** A picture of lines over one axis. */
export interface LineChart {
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly Series[];
  /** A grey line to compare with, such as the diagonal of perfect calibration. */
  readonly reference?: readonly [from: readonly [number, number], to: readonly [number, number]];
  /** Marks the points, where they are few. @default false */
  readonly marked?: boolean;
}

const SIZE = { width: 460, height: 360 };

/** Draws lines with a legend in the order of the series. @returns SVG */
export function lineChart({ title, x, y, series, reference, marked = false }: LineChart): Promise<string> {
  const values = series.flatMap(({ name, points }) =>
    points.map((point, at) => ({ series: name, at, x: point.x, y: point.y })),
  );
  const scale = (axis: ChartAxis): object =>
    axis.domain === undefined ? { zero: false, nice: true } : { domain: [...axis.domain], nice: false };
  const encoding = {
    x: { field: 'x', type: 'quantitative' as const, title: x.title, scale: scale(x) },
    y: { field: 'y', type: 'quantitative' as const, title: y.title, scale: scale(y) },
  };
  const line = {
    data: { values },
    mark: { type: 'line' as const, point: marked, clip: true, strokeWidth: 2 },
    encoding: {
      ...encoding,
      order: { field: 'at', type: 'quantitative' as const },
      color: {
        field: 'series',
        type: 'nominal' as const,
        sort: series.map(({ name }) => name),
        title: null,
        legend: { orient: 'bottom' as const, columns: 1 },
      },
    },
  };
  const compared =
    reference === undefined
      ? []
      : [
          {
            data: { values: reference.map(([atX, atY]) => ({ x: atX, y: atY })) },
            mark: { type: 'line' as const, color: '#888888', strokeDash: [4, 4], strokeWidth: 1 },
            encoding,
          },
        ];
  return renderSvg({ ...SIZE, title, layer: [...compared, line] });
}
