import { fitBoostedTrees, predictLogits, type FeatureMatrix } from '#baselines';
import { probabilityOfLogOdds, seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { exportTreesOnnx, type TreeEnsemble } from './export-trees-onnx.js';

const MAX_DIFFERENCE = 1e-5;

async function run(ensemble: TreeEnsemble, { rows, columns, values }: FeatureMatrix) {
  const session = await InferenceSession.create(exportTreesOnnx(ensemble), { logSeverityLevel: 3 });
  const { logit, risk } = await session.run({ features: new Tensor('float32', values, [rows, columns]) });
  await session.release();
  return { logit: [...(logit!.data as Float32Array)], risk: [...(risk!.data as Float32Array)], dims: logit!.dims };
}

/** Asks column 1, then column 0 on the left; missing goes right at the root and left below it. */
const BY_HAND: TreeEnsemble = {
  columns: 2,
  baseLogit: 0.5,
  trees: [
    {
      column: [1, 0, -1, -1, -1],
      threshold: [3, -1, 0, 0, 0],
      left: [1, 3, -1, -1, -1],
      right: [2, 4, -1, -1, -1],
      missingLeft: [false, true, false, false, false],
      value: [0, 0, 4, 1, 2],
    },
    { column: [-1], threshold: [0], left: [-1], right: [-1], missingLeft: [false], value: [0.25] },
  ],
};

describe('exportTreesOnnx', () => {
  it('follows thresholds and missing values as written', async () => {
    const rows = [
      [-1, 3],
      [-0.5, 3],
      [NaN, 2],
      [0, 3.5],
      [0, NaN],
    ];
    const { logit, dims } = await run(BY_HAND, { rows: 5, columns: 2, values: Float32Array.from(rows.flat()) });
    expect(logit).toEqual([1.75, 2.75, 1.75, 4.75, 4.75]);
    expect(dims).toEqual([5]);
  });

  it('gives what the booster gives, missing values included', async () => {
    const random = seededRandom(3);
    const values = Float32Array.from({ length: 400 * 6 }, () =>
      random() < 0.25 ? NaN : Math.round(random() * 400) / 7,
    );
    const labels = Array.from({ length: 400 }, (_, row) => {
      const first = values[row * 6]!;
      return Number(random() < (Number.isNaN(first) ? 0.7 : first > 30 ? 0.4 : 0.05));
    });
    const matrix = { rows: 400, columns: 6, values };
    const model = fitBoostedTrees(matrix, labels, { trees: 60, minChildWeight: 1, learningRate: 0.1 });
    const expected = predictLogits(model, matrix);
    const { logit, risk } = await run(model, matrix);
    const worst = (found: readonly number[], wanted: (row: number) => number) =>
      Math.max(...found.map((one, row) => Math.abs(one - wanted(row))));
    expect(new Set(logit).size).toBeGreaterThan(100);
    expect(worst(logit, (row) => expected[row]!)).toBeLessThan(MAX_DIFFERENCE);
    expect(worst(risk, (row) => probabilityOfLogOdds(expected[row]!))).toBeLessThan(MAX_DIFFERENCE);
  });

  it('refuses a tree that points outside itself', () => {
    const [tree] = BY_HAND.trees;
    expect(() => exportTreesOnnx({ ...BY_HAND, columns: 1 })).toThrow(/node 0 of tree 0 asks for column 1/);
    expect(() => exportTreesOnnx({ ...BY_HAND, trees: [{ ...tree!, left: [1, 9, -1, -1, -1] }] })).toThrow(
      /nodes \[9,4\]/,
    );
    expect(() => exportTreesOnnx({ ...BY_HAND, trees: [{ ...tree!, value: [] }] })).toThrow(/as many in each/);
  });
});
