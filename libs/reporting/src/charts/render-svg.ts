import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** What every picture looks like; colours that also the colour-blind tell apart (Okabe and Ito 2008). */
const LOOK = {
  background: 'white',
  font: 'sans-serif',
  range: {
    category: [
      '#0072b2',
      '#d55e00',
      '#009e73',
      '#cc79a7',
      '#e69f00',
      '#56b4e9',
      '#000000',
      '#999999',
      '#8c510a',
      '#5e3c99',
    ],
  },
  axis: { labelFontSize: 12, titleFontSize: 13, gridColor: '#e6e6e6' },
  legend: { labelFontSize: 12, titleFontSize: 12, labelLimit: 320 },
  title: { fontSize: 14, anchor: 'start' as const },
};

/** Draws a Vega-Lite description as SVG. The same description gives the same text. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const compiled = compile(spec, { config: LOOK }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  try {
    return withOwnClipIds(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** Vega counts clip paths over the whole process; numbered anew, a picture does not depend on those drawn before it. */
function withOwnClipIds(svg: string): string {
  const numbers = new Map<string, number>();
  return svg.replaceAll(/\bclip\d+\b/g, (id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return `clip${number}`;
  });
}
