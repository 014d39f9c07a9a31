import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../seeded-random.js';
import { areaUnderRoc } from './area-under-roc.js';
import { averagePrecision } from './average-precision.js';
import { precisionRecallCurve } from './precision-recall-curve.js';
import { rocCurve } from './roc-curve.js';
import { thinCurve } from './thin-curve.js';

const scores = [0.1, 0.4, 0.35, 0.8];
const labels = [0, 0, 1, 1];

const random = seededRandom(17);
const risks = Array.from({ length: 4000 }, () => random());
const outcomes = risks.map((risk) => (random() < 0.5 * risk ** 2 ? 1 : 0));

describe('rocCurve', () => {
  it('gives the points of the worked example in the scikit-learn manual', () => {
    const points = rocCurve(scores, labels);
    expect(points.map(({ falsePositiveRate }) => falsePositiveRate)).toEqual([0, 0, 0.5, 0.5, 1]);
    expect(points.map(({ sensitivity }) => sensitivity)).toEqual([0, 0.5, 0.5, 1, 1]);
    expect(points.map(({ threshold }) => threshold)).toEqual([Infinity, 0.8, 0.4, 0.35, 0.1]);
  });

  it('holds ties as a slope: one score for all is the diagonal', () => {
    expect(rocCurve([5, 5, 5], [1, 0, 0]).map(({ sensitivity }) => sensitivity)).toEqual([0, 1]);
  });

  it('keeps its area when it is thinned', () => {
    const points = rocCurve(risks, outcomes, 100);
    expect(points.length).toBeLessThanOrEqual(100);
    expect(points.length).toBeGreaterThan(80);
    let area = 0;
    for (let at = 1; at < points.length; at++) {
      const [before, point] = [points[at - 1]!, points[at]!];
      area += ((point.falsePositiveRate - before.falsePositiveRate) * (point.sensitivity + before.sensitivity)) / 2;
    }
    expect(Math.abs(area - areaUnderRoc(risks, outcomes))).toBeLessThan(0.002);
    expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, sensitivity: 1 });
  });

  it('is empty with one class only', () => {
    expect(rocCurve([0.1, 0.2], [1, 1])).toEqual([]);
  });
});

describe('precisionRecallCurve', () => {
  it('gives the points of the worked example in the scikit-learn manual', () => {
    const points = precisionRecallCurve(scores, labels);
    expect(points.map(({ recall }) => recall)).toEqual([0.5, 0.5, 1, 1]);
    expect(points.map(({ precision }) => precision)).toEqual([1, 0.5, 2 / 3, 0.5]);
    expect(points.map(({ threshold }) => threshold)).toEqual([0.8, 0.4, 0.35, 0.1]);
  });

  it('keeps its area when it is thinned', () => {
    const points = precisionRecallCurve(risks, outcomes, 200);
    expect(points.length).toBeLessThanOrEqual(200);
    let area = 0;
    points.forEach(({ recall, precision }, at) => (area += (recall - (points[at - 1]?.recall ?? 0)) * precision));
    expect(Math.abs(area - averagePrecision(risks, outcomes))).toBeLessThan(0.005);
  });

  it('is empty without a death', () => {
    expect(precisionRecallCurve([0.1, 0.2], [0, 0])).toEqual([]);
  });
});

describe('thinCurve', () => {
  const thin = (points: [number, number][], most: number): [number, number][] =>
    thinCurve(
      points,
      ([x]) => x,
      ([, y]) => y,
      most,
    );

  it('drops what lies on a straight line, and nothing else, while there is room', () => {
    const corner: [number, number][] = [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 2],
    ];
    expect(thin(corner, 10)).toEqual([
      [0, 0],
      [0, 2],
      [2, 2],
    ]);
  });

  it('keeps both ends of a curve of two points, and refuses fewer', () => {
    const bow = Array.from({ length: 50 }, (_, at): [number, number] => [at, at * at]);
    expect(thin(bow, 2)).toEqual([bow[0], bow[49]]);
    expect(() => thin(bow, 1)).toThrow('expected 2 or more');
  });
});
