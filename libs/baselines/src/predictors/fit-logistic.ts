import type { FeatureMatrix } from '../boosting/feature-matrix.js';
import { minimise } from './minimise.js';

/** Log odds as a sum over columns. */
export interface LogisticModel {
  /** [column] */
  readonly slopes: Float64Array;
  readonly intercept: number;
}

/**
 * Logistic regression with an L2 penalty: least mean log loss plus strength / 2 times the sum of squared slopes; the intercept is free.
 *
 * @param labels   [row]
 * @param strength 0 or more
 * @param start    where to begin, such as the fit of another strength
 */
export function fitLogistic(
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  strength: number,
  start?: LogisticModel,
): LogisticModel {
  const { columns } = matrix;
  const first = new Float64Array(columns + 1);
  if (start) first.set([...start.slopes, start.intercept]);
  const found = minimise((at, gradient) => penalisedLoss(matrix, labels, strength, at, gradient), first);
  return { slopes: found.slice(0, columns), intercept: found[columns]! };
}

/** [row] */
export function logisticLogits(
  { slopes, intercept }: LogisticModel,
  { rows, columns, values }: FeatureMatrix,
): Float64Array {
  const logits = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = intercept;
    for (let column = 0; column < columns; column++) sum += slopes[column]! * values[row * columns + column]!;
    logits[row] = sum;
  }
  return logits;
}

function penalisedLoss(
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  strength: number,
  at: Float64Array,
  gradient: Float64Array,
): number {
  const { rows, columns, values } = matrix;
  const slopes = at.subarray(0, columns);
  const logits = logisticLogits({ slopes, intercept: at[columns]! }, matrix);
  let loss = 0;
  gradient.fill(0);
  for (let row = 0; row < rows; row++) {
    const logit = logits[row]!;
    loss += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - labels[row]! * logit;
    const error = (1 / (1 + Math.exp(-logit)) - labels[row]!) / rows;
    for (let column = 0; column < columns; column++) gradient[column]! += error * values[row * columns + column]!;
    gradient[columns]! += error;
  }
  let squares = 0;
  for (let column = 0; column < columns; column++) {
    squares += slopes[column]! ** 2;
    gradient[column]! += strength * slopes[column]!;
  }
  return loss / rows + (strength / 2) * squares;
}
