import { precisionRecallCurve, reliabilityCurve, rocCurve } from '#evaluation';
import type { LineChart, Series } from './line-chart.js';

/** Risks and outcomes of one line of a picture. */
export interface CurveSource {
  readonly name: string;
  readonly risks: readonly number[];
  /** 1 died, 0 survived. */
  readonly labels: readonly number[];
}

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
      const points = rocCurve(risks, labels).map(({ falsePositiveRate, sensitivity }) => ({
        x: falsePositiveRate,
        y: sensitivity,
      }));
      return { name, points };
    }),
  };
}

/** Precision against recall, one line a source; the grey line is the rate of death, which a score without meaning reaches. */
export function precisionRecallChart(title: string, sources: readonly CurveSource[]): LineChart {
  const { labels } = sources[0]!;
  const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
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
      points: precisionRecallCurve(source.risks, source.labels).map(({ recall, precision }) => ({
        x: recall,
        y: precision,
      })),
    })),
  };
}

/** Observed rate of death against mean risk, in ten groups of equal size by risk. */
export function reliabilityChart(title: string, sources: readonly CurveSource[]): LineChart {
  const series = sources.map(({ name, risks, labels }): Series => ({
    name,
    points: reliabilityCurve(risks, labels).map(({ meanRisk, observed }) => ({ x: meanRisk, y: observed.share })),
  }));
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
