import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import { withGaps, type RiskPoint } from '../../live/trend-series.js';
import { riskInterval, riskPercent } from '../../words/risk-words.js';
import { clockTime } from '../../words/age-words.js';
import { faded } from '../draw/chart-theme.js';
import { palette } from '../draw/palette.js';
import { pointedMs, TimeChart } from '../draw/time-chart.js';

/** What the trends of the scores are drawn from. */
interface RiskTrendProps {
  readonly risk: readonly RiskPoint[];
  readonly timeRange: readonly [number, number];
}

const RISK_PX = 150;
const NEWS2_PX = 92;

/** The risk axis shows at least this much, so that a low risk is seen to be low. */
const LEAST_RISK_SHOWN = 0.2;

/** Risk over time with its interval, and NEWS2 below it on the same hours. */
export function RiskTrend({ risk, timeRange }: RiskTrendProps): JSX.Element {
  const riskColumns = useMemo(() => columnsOfRisk(withGaps(risk)), [risk]);
  const news2Columns = useMemo(() => columnsOfNews2(withGaps(risk)), [risk]);
  const top = Math.min(1, Math.max(LEAST_RISK_SHOWN, ...risk.map((point) => (point.risk?.high ?? 0) * 1.1)));
  const news2Top = Math.max(LEAST_NEWS2_SHOWN, ...risk.map(({ news2 }) => (news2 ?? 0) + 1));
  return (
    <section class="panel risk-trend" aria-labelledby="risk-trend-title">
      <header>
        <h2 id="risk-trend-title">Risk over time</h2>
        <Pointed risk={risk} />
      </header>
      <TimeChart
        heightPx={RISK_PX}
        data={riskColumns}
        series={riskSeries}
        timeRange={timeRange}
        valueRange={[0, top]}
        valueWords={(value) => `${Math.round(value * 100)} %`}
        before={fillInterval}
      />
      <h3>NEWS2 over time</h3>
      <TimeChart
        heightPx={NEWS2_PX}
        data={news2Columns}
        series={news2Series}
        timeRange={timeRange}
        valueRange={[0, news2Top]}
        valueWords={(value) => (Number.isInteger(value) ? String(value) : '')}
      />
    </section>
  );
}

/** The axis of NEWS2 reaches at least this far, past the band that asks for an emergency response. */
const LEAST_NEWS2_SHOWN = 10;

function Pointed({ risk }: { readonly risk: readonly RiskPoint[] }): JSX.Element | null {
  const atMs = pointedMs.value;
  if (atMs === undefined) return null;
  const point = risk.findLast((one) => one.atMs <= atMs);
  if (!point) return null;
  return (
    <p class="quiet number">
      {clockTime(point.atMs)}:{' '}
      {point.risk ? `${riskPercent(point.risk.median)} (${riskInterval(point.risk.low, point.risk.high)})` : 'no score'}
      {point.news2 !== undefined && `, NEWS2 ${point.news2}`}
    </p>
  );
}

/** Times, medians, low and high bounds; null where a score was refused. */
function columnsOfRisk(points: readonly RiskPoint[]): uPlot.AlignedData {
  return [
    points.map(({ atMs }) => atMs),
    points.map(({ risk }) => risk?.median ?? null),
    points.map(({ risk }) => risk?.low ?? null),
    points.map(({ risk }) => risk?.high ?? null),
  ];
}

function columnsOfNews2(points: readonly RiskPoint[]): uPlot.AlignedData {
  return [points.map(({ atMs }) => atMs), points.map(({ news2 }) => news2 ?? null)];
}

function riskSeries(): uPlot.Series[] {
  const colour = palette().accent;
  return [
    { stroke: colour, width: 2, points: { show: false } },
    { stroke: faded(colour, 0.35), width: 1, points: { show: false } },
    { stroke: faded(colour, 0.35), width: 1, points: { show: false } },
  ];
}

/** A score holds until the next one: drawn as steps. */
function news2Series(): uPlot.Series[] {
  const steps = uPlot.paths.stepped!({ align: 1 });
  return [{ stroke: palette().inkSoft, width: 1.6, points: { show: false }, paths: steps }];
}

/** Fills between the low and high bounds, run by run. */
function fillInterval(chart: uPlot): void {
  const [times, , lows, highs] = chart.data;
  const { ctx, bbox } = chart;
  const place = (index: number, column: uPlot.AlignedData[number]): [number, number] => [
    chart.valToPos(times[index]!, 'x', true),
    chart.valToPos(column[index]!, 'y', true),
  ];
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = faded(palette().accent, 0.14);
  let run: number[] = [];
  const close = (): void => {
    if (run.length > 1) {
      const area = new Path2D();
      for (const index of run) area.lineTo(...place(index, highs!));
      for (const index of run.reverse()) area.lineTo(...place(index, lows!));
      ctx.fill(area);
    }
    run = [];
  };
  for (let index = 0; index < times.length; index += 1) {
    if (lows![index] === null) close();
    else run.push(index);
  }
  close();
  ctx.restore();
}
