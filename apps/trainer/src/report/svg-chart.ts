import { escaped } from './html.js';

const WIDTH = 460;
const HEIGHT = 300;
const MARGIN = { left: 48, right: 12, top: 12, bottom: 40 };

/** A line through points, and how it looks. */
export interface ChartLine {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** A colour, as CSS has it. */
  readonly colour: string;
  readonly dashed?: boolean;
}

/** A small line chart as SVG: axes from the least to the greatest value, four marks each, a legend. Points that are not finite are left out. */
export function lineChart(title: string, xTitle: string, yTitle: string, lines: readonly ChartLine[]): string {
  const drawn = lines.map((line) => ({
    ...line,
    points: line.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)),
  }));
  const points = drawn.flatMap((line) => line.points);
  if (points.length === 0) return '';
  const x = axis(
    points.map((point) => point.x),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const y = axis(
    points.map((point) => point.y),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const bottom = HEIGHT - MARGIN.bottom;
  const paths = drawn.map(({ points: of, colour, dashed }) => {
    const path = of.map((point, at) => `${at === 0 ? 'M' : 'L'}${x.place(point.x)} ${y.place(point.y)}`).join('');
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dashed === true ? ' stroke-dasharray="5 4"' : ''}/>`;
  });
  const legend = drawn.map(
    ({ name, colour }, at) =>
      `<text x="${MARGIN.left + 8}" y="${MARGIN.top + 14 + 15 * at}" fill="${colour}">${escaped(name)}</text>`,
  );
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
<path d="M${MARGIN.left} ${MARGIN.top}V${bottom}H${WIDTH - MARGIN.right}" fill="none" stroke="#888"/>
${x.marks.map((mark) => `<text x="${x.place(mark)}" y="${bottom + 15}" text-anchor="middle">${mark}</text>`).join('')}
${y.marks.map((mark) => `<text x="${MARGIN.left - 5}" y="${y.place(mark) + 4}" text-anchor="end">${mark}</text>`).join('')}
<text x="${(MARGIN.left + WIDTH) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escaped(xTitle)}</text>
<text x="12" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 12 ${HEIGHT / 2})">${escaped(yTitle)}</text>
${paths.join('\n')}
${legend.join('')}
</svg><figcaption>${escaped(title)}</figcaption></figure>`;
}

interface Axis {
  readonly marks: readonly number[];
  readonly place: (value: number) => number;
}

function axis(values: readonly number[], from: number, to: number): Axis {
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  const span = high - low || 1;
  return {
    marks: [0, 1, 2, 3].map((part) => Number((low + (part / 3) * span).toPrecision(2))),
    place: (value) => Number((from + ((value - low) / span) * (to - from)).toFixed(1)),
  };
}
