import { renderSvg } from './render-svg.js';

/** A point of a line; its label is written beside it. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly label?: string;
}

/** A line of a picture. Points lie in the order in which they are joined. */
export interface Series {
  readonly name: string;
  readonly points: readonly LinePoint[];
}

/** One axis: its title with the unit, and its ends where they are known. */
export interface ChartAxis {
  readonly title: string;
  readonly domain?: readonly [number, number];
  /** Whether equal ratios are equally far apart; every value must then be above 0. @default false */
  readonly logarithmic?: boolean;
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
  const values = series.flatMap(({ name, points }) => points.map((point, at) => ({ series: name, at, ...point })));
  const encoding = {
    x: { field: 'x', type: 'quantitative' as const, title: x.title, scale: scaleOf(x) },
    y: { field: 'y', type: 'quantitative' as const, title: y.title, scale: scaleOf(y) },
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
  const labels = values.some(({ label }) => label !== undefined)
    ? [
        {
          data: { values: values.filter(({ label }) => label !== undefined) },
          mark: { type: 'text' as const, align: 'left' as const, dx: 6, dy: -6, fontSize: 10, color: '#444444' },
          encoding: { ...encoding, text: { field: 'label', type: 'nominal' as const } },
        },
      ]
    : [];
  return renderSvg({ ...SIZE, title, layer: [...compared, line, ...labels] });
}

function scaleOf({ domain, logarithmic = false }: ChartAxis): object {
  const type = logarithmic ? { type: 'log' as const } : {};
  return domain === undefined
    ? { ...type, ...(logarithmic ? {} : { zero: false }), nice: !logarithmic }
    : { ...type, domain: [...domain], nice: false };
}
