import { seededRandom } from '#evaluation';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { averageTrees, predictLogits } from './boosted-trees.js';
import type { BoostingOptions, BoostingRound } from './boosting-options.js';
import type { FeatureMatrix } from './feature-matrix.js';
import { fitBoostedTrees } from './fit-boosted-trees.js';

const STUMP: BoostingOptions = { trees: 1, learningRate: 1, maxLeaves: 2, minChildWeight: 0.1, l2: 1 };

function matrixOf(rows: readonly (readonly number[])[]): FeatureMatrix {
  return { rows: rows.length, columns: rows[0]!.length, values: Float32Array.from(rows.flat()) };
}

/** Rows of three columns, one of them with gaps; the outcome hangs on two of them together. */
function madeUp(rows: number, seed: number): { matrix: FeatureMatrix; labels: number[] } {
  const random = seededRandom(seed);
  const labels: number[] = [];
  const numbers = Array.from({ length: rows }, () => {
    const [a, b, c] = [random(), random(), random()];
    labels.push(Number(a > 0.5 !== b > 0.3 ? random() < 0.9 : random() < 0.1));
    return [a, b, c < 0.3 ? NaN : c];
  });
  return { matrix: matrixOf(numbers), labels };
}

function logLoss(logits: ArrayLike<number>, labels: readonly number[]): number {
  const losses = labels.map((label, row) => Math.log1p(Math.exp(logits[row]!)) - label * logits[row]!);
  return losses.reduce((sum, loss) => sum + loss, 0) / labels.length;
}

describe('fitBoostedTrees', () => {
  it('takes the step of Newton in each leaf of a stump', () => {
    // risk .5 everywhere: gradients .5 .5 -.5 -.5, hessians .25 each; a leaf is worth -(+-1) / (.5 + 1)
    const model = fitBoostedTrees(matrixOf([[1], [2], [3], [4]]), [0, 0, 1, 1], STUMP);
    expect(model).toEqual({
      columns: 1,
      baseLogit: 0,
      trees: [
        {
          column: [0, -1, -1],
          threshold: [2.5, 0, 0],
          left: [1, -1, -1],
          right: [2, -1, -1],
          missingLeft: [false, false, false],
          value: [0, Math.fround(-2 / 3), Math.fround(2 / 3)],
        },
      ],
    });
    expect([...predictLogits(model, matrixOf([[2.5], [2.6], [-9]]))]).toEqual(
      [-2 / 3, 2 / 3, -2 / 3].map((logit) => Math.fround(logit)),
    );
  });

  it('sends missing values where they lower the loss most', () => {
    const rows = [[1], [2], [3], [4], [NaN], [NaN]];
    const withDeaths = fitBoostedTrees(matrixOf(rows), [0, 0, 1, 1, 0, 0], STUMP).trees[0]!;
    expect([withDeaths.threshold[0], withDeaths.missingLeft[0]]).toEqual([2.5, true]);
    const withSurvivors = fitBoostedTrees(matrixOf(rows), [0, 0, 1, 1, 1, 1], STUMP).trees[0]!;
    expect([withSurvivors.threshold[0], withSurvivors.missingLeft[0]]).toEqual([2.5, false]);
  });

  it('parts known from missing values where only that tells', () => {
    const matrix = matrixOf([[1], [2], [NaN], [NaN], [1], [2], [NaN], [NaN]]);
    const model = fitBoostedTrees(matrix, [0, 0, 1, 1, 0, 0, 1, 1], STUMP);
    const [known, beyond, missing] = predictLogits(model, matrixOf([[1], [1e30], [NaN]]));
    expect([known! < 0, beyond === known, missing! > 0]).toEqual([true, true, true]);
  });

  it('grows the leaf that gains most first', () => {
    // deaths in [first column, second column]: [0, 0] 0 of 6, [0, 1] 1 of 4, [1, 0] 2 of 5, [1, 1] 5 of 5
    const groups = [
      [0, 0, 0, 6],
      [0, 1, 1, 4],
      [1, 0, 2, 5],
      [1, 1, 5, 5],
    ] as const;
    const cases = groups.flatMap(([a, b, deaths, of]) =>
      Array.from({ length: of }, (_, at) => [a, b, Number(at < deaths)]),
    );
    const matrix = matrixOf(cases.map(([a, b]) => [a!, b!]));
    const labels = cases.map(([, , label]) => label!);
    const grown = (maxLeaves: number) => fitBoostedTrees(matrix, labels, { ...STUMP, maxLeaves, l2: 0 }).trees[0]!;
    expect(grown(3).column).toEqual([0, -1, 1, -1, -1]);
    expect(grown(4).column.filter((column) => column >= 0)).toEqual([0, 1, 1]);
  });

  it('finds the best of all splits', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(NaN));
    const rows = fc.array(fc.tuple(value, value, fc.constantFrom(0, 1)), { minLength: 4, maxLength: 14 });
    fc.assert(
      fc.property(rows, (cases) => {
        const labels = cases.map(([, , label]) => label);
        const columns = cases.map(([a, b]) => [a, b]);
        const { trees, baseLogit } = fitBoostedTrees(matrixOf(columns), labels, STUMP);
        const mean = 1 / (1 + Math.exp(-baseLogit));
        const score = (chosen: number[]) =>
          chosen.reduce((sum, row) => sum + mean - labels[row]!, 0) ** 2 / (chosen.length * mean * (1 - mean) + 1);
        const gainOf = (goesLeft: (row: number[]) => boolean): number => {
          const sides = [true, false].map((side) => columns.flatMap((row, at) => (goesLeft(row) === side ? [at] : [])));
          if (sides.some((side) => side.length * mean * (1 - mean) < 0.1)) return 0;
          return score(sides[0]!) + score(sides[1]!) - score(columns.map((_, at) => at));
        };
        const gains = [0, 1].flatMap((column) =>
          [0, 1, 2, 3, 4, 5].flatMap((cut) =>
            [true, false].map((missing) =>
              gainOf((row) => row[column]! <= cut || (missing && Number.isNaN(row[column]))),
            ),
          ),
        );
        const { column, threshold, missingLeft } = trees[0]!;
        const found =
          column[0]! < 0
            ? 0
            : gainOf((row) => {
                const here = row[column[0]!]!;
                return Number.isNaN(here) ? missingLeft[0]! : here <= threshold[0]!;
              });
        expect(found).toBeCloseTo(Math.max(0, ...gains), 5);
      }),
    );
  });

  it('reads a soft label as so many rows of either outcome, and a weight as so many rows', () => {
    const options = { ...STUMP, trees: 5, maxLeaves: 4 };
    const soft = fitBoostedTrees(matrixOf([[1], [2], [3]]), [0.25, 0.5, 1], { ...options, weights: [4, 2, 1] });
    const hard = fitBoostedTrees(matrixOf([[1], [1], [1], [1], [2], [2], [3]]), [0, 0, 0, 1, 0, 1, 1], options);
    const asked = matrixOf([[1], [2], [3]]);
    const [fromSoft, fromHard] = [predictLogits(soft, asked), predictLogits(hard, asked)];
    fromSoft.forEach((logit, row) => expect(logit).toBeCloseTo(fromHard[row]!, 5));
    expect(new Set(fromSoft).size).toBe(3);
  });

  it('learns what no single column tells, and averages fits', () => {
    const { matrix, labels } = madeUp(600, 1);
    const options = { trees: 40, maxLeaves: 8, learningRate: 0.2, minChildWeight: 1, rowShare: 0.7, columnShare: 0.7 };
    const models = [1, 2].map((seed) => fitBoostedTrees(matrix, labels, { ...options, seed }));
    const fresh = madeUp(600, 2);
    const logits = models.map((model) => predictLogits(model, fresh.matrix));
    expect(logLoss(logits[0]!, fresh.labels)).toBeLessThan(0.45);
    const mean = predictLogits(averageTrees(models), fresh.matrix);
    mean.forEach((logit, row) => expect(logit).toBeCloseTo((logits[0]![row]! + logits[1]![row]!) / 2, 4));
  });

  it('gives the same trees for the same seed, and others for another', () => {
    const { matrix, labels } = madeUp(200, 3);
    const fit = (seed: number) => JSON.stringify(fitBoostedTrees(matrix, labels, { seed, trees: 3, rowShare: 0.5 }));
    expect(fit(5)).toBe(fit(5));
    expect(fit(5)).not.toBe(fit(6));
  });

  it('keeps the trees up to the lowest validation loss, and reports that loss', () => {
    const { matrix, labels } = madeUp(150, 4);
    const fresh = madeUp(300, 5);
    const rounds: BoostingRound[] = [];
    const model = fitBoostedTrees(matrix, labels, {
      trees: 500,
      learningRate: 0.3,
      minChildWeight: 0.5,
      validation: fresh,
      earlyStopping: 7,
      onProgress: (round) => rounds.push(round),
    });
    const losses = rounds.map(({ validationLoss }) => validationLoss!);
    const best = losses.indexOf(Math.min(...losses));
    expect([model.trees.length, rounds.length]).toEqual([best + 1, best + 8]);
    expect(logLoss(predictLogits(model, fresh.matrix), fresh.labels)).toBeCloseTo(losses[best]!, 5);
  });

  it('survives JSON to the bit', () => {
    const { matrix, labels } = madeUp(100, 6);
    const model = fitBoostedTrees(matrix, labels, { trees: 5, minChildWeight: 1 });
    expect(predictLogits(JSON.parse(JSON.stringify(model)), matrix)).toEqual(predictLogits(model, matrix));
  });

  it('refuses what cannot be fitted', () => {
    const matrix = matrixOf([[1], [2]]);
    expect(() => fitBoostedTrees(matrix, [0])).toThrow(/2 rows, 1 labels/);
    expect(() => fitBoostedTrees(matrix, [0, 2])).toThrow(/label 1 is 2/);
    expect(() => fitBoostedTrees(matrix, [0, 1], { weights: [1, -1] })).toThrow(/weight 1 is -1/);
    expect(() => fitBoostedTrees(matrix, [0, 1], { weights: [0, 0] })).toThrow(/every weight is 0/);
    expect(() => fitBoostedTrees(matrix, [0, 1], { learningRate: 0 })).toThrow(/learningRate is 0/);
    expect(() => fitBoostedTrees({ ...matrix, columns: 2 }, [0, 1])).toThrow(/needs 4 values, not 2/);
    expect(() => predictLogits(fitBoostedTrees(matrix, [0, 1]), matrixOf([[1, 2]]))).toThrow(/fitted on 1/);
  });
});
