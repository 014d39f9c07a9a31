import type { LineChart, Series } from '../charts/line-chart.js';
import { operatingPoints } from './operating-points.js';

/** Risks and outcomes of one line of a picture. */
export interface CurveSource {
  readonly name: string;
  readonly risks: readonly number[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
}

/** Bins of equal size of a reliability curve; each must hold enough windows for its rate to mean something. */
const RELIABILITY_BINS = 10;
/** Points of a line at most; more are not seen. */
const MAX_POINTS = 400;

/** Receiver operating characteristics, one line a source. */
export function rocChart(title: string, sources: readonly CurveSource[]): LineChart {
  return {
    title,
    x: { title: '1 - specificity: share of survivors flagged', domain: [0, 1] },
    y: { title: 'sensitivity: share of deaths flagged', domain: [0, 1] },
    reference: [
      [0, 0],
      [1, 1],
    ],
    series: sources.map(({ name, risks, labels }): Series => {
      const deaths = sum(labels);
      const points = operatingPoints(risks, labels).map(({ sensitivity, flagged }) => ({
        x: (flagged * labels.length - sensitivity * deaths) / (labels.length - deaths),
        y: sensitivity,
      }));
      return { name, points: thinned([{ x: 0, y: 0 }, ...points]) };
    }),
  };
}

/** Precision against recall, one line a source; the grey line is the rate of death, which a score without meaning reaches. */
export function precisionRecallChart(title: string, sources: readonly CurveSource[]): LineChart {
  const { labels } = sources[0]!;
  const rate = sum(labels) / labels.length;
  return {
    title,
    x: { title: 'recall: share of deaths flagged', domain: [0, 1] },
    y: { title: 'precision: share of flagged who died', domain: [0, 1] },
    reference: [
      [0, rate],
      [1, rate],
    ],
    series: sources.map((source) => ({
      name: source.name,
      points: thinned(
        operatingPoints(source.risks, source.labels).map(({ sensitivity, positivePredictiveValue }) => ({
          x: sensitivity,
          y: positivePredictiveValue,
        })),
      ),
    })),
  };
}

/** Observed rate of death against mean risk, in ten groups of equal size by risk. */
export function reliabilityChart(title: string, sources: readonly CurveSource[]): LineChart {
  const series = sources.map(({ name, risks, labels }): Series => {
    const order = [...risks.keys()].sort((a, b) => risks[a]! - risks[b]!);
    const bins = Math.min(RELIABILITY_BINS, order.length);
    const points = Array.from({ length: bins }, (_, bin) => {
      const rows = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
      return {
        x: sum(rows.map((row) => risks[row]!)) / rows.length,
        y: sum(rows.map((row) => labels[row]!)) / rows.length,
      };
    });
    return { name, points };
  });
  const most = Math.max(0.1, ...series.flatMap(({ points }) => points.flatMap(({ x, y }) => [x, y])));
  const end = Math.min(1, Math.ceil(most * 10) / 10);
  return {
    title,
    x: { title: 'mean risk of the group', domain: [0, end] },
    y: { title: 'share of the group that died', domain: [0, end] },
    reference: [
      [0, 0],
      [end, end],
    ],
    marked: true,
    series,
  };
}

function thinned<Point>(points: readonly Point[]): Point[] {
  const every = Math.ceil(points.length / MAX_POINTS);
  return points.filter((_, at) => at % every === 0 || at === points.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
