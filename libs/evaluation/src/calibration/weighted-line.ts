import type { LogisticLine } from './logistic-recalibration.js';

const MAX_FAST_ITERATIONS = 25;
const MAX_CAREFUL_ITERATIONS = 100;
/** A Newton step this small leaves an error of about its square, which is below rounding. */
const TOLERANCE = 1e-8;
/** Relative rise of the deviance that is rounding, not a step too far. */
const ROUNDING = 1e-12;
const UNDEFINED_LINE: LogisticLine = { slope: Number.NaN, intercept: Number.NaN };
const IDENTITY: LogisticLine = { slope: 1, intercept: 0 };

/** Rows with a weight above 0. */
interface CountedRows {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/**
 * Maximum-likelihood logistic line of weighted rows, by Newton's method; where that does not settle, again with the step halved
 * until the deviance falls.
 *
 * @param logOdds [row]
 * @param labels  [row] 1 died, 0 survived
 * @param weights [row] how often a row counts, 0 or more
 * @param start   where to begin; a line of much the same rows saves steps, and does not change the result beyond rounding
 * @returns NaN for both where the classes are separated, one is missing or all log odds are equal
 */
export function fitWeightedLine(
  logOdds: Float64Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  start: LogisticLine = IDENTITY,
): LogisticLine {
  const rows = countedRows(logOdds, labels, weights);
  const fast = Number.isFinite(start.slope) ? fitFast(rows, start) : undefined;
  return fast ?? fitCareful(rows);
}

/** The rows that count, close together: a branch that chance decides costs more than the copy. */
function countedRows(logOdds: Float64Array, labels: ArrayLike<number>, weights: ArrayLike<number>): CountedRows {
  const x = new Float64Array(logOdds.length);
  const y = new Float64Array(logOdds.length);
  const weight = new Float64Array(logOdds.length);
  let length = 0;
  for (let row = 0; row < logOdds.length; row++) {
    x[length] = logOdds[row]!;
    y[length] = labels[row]!;
    weight[length] = weights[row]!;
    length += Number(weights[row]! > 0);
  }
  return { x: x.subarray(0, length), y: y.subarray(0, length), weight: weight.subarray(0, length) };
}

function fitFast(rows: CountedRows, start: LogisticLine): LogisticLine | undefined {
  let line = start;
  for (let iteration = 0; iteration < MAX_FAST_ITERATIONS; iteration++) {
    const step = newtonStep(rows, line);
    if (step === undefined) return undefined;
    line = moved(line, step, 1);
    if (isSmall(step, line)) return line;
  }
  return undefined;
}

function fitCareful(rows: CountedRows): LogisticLine {
  let line = IDENTITY;
  let loss = deviance(rows, line);
  for (let iteration = 0; iteration < MAX_CAREFUL_ITERATIONS; iteration++) {
    const step = newtonStep(rows, line);
    if (step === undefined) break;
    if (isSmall(step, line)) return moved(line, step, 1);
    const highest = loss + ROUNDING * (1 + Math.abs(loss));
    let share = 1;
    let next = moved(line, step, share);
    let nextLoss = deviance(rows, next);
    while (!(nextLoss <= highest) && share > 1e-6) {
      next = moved(line, step, (share /= 2));
      nextLoss = deviance(rows, next);
    }
    line = next;
    loss = nextLoss;
  }
  return UNDEFINED_LINE;
}

function isSmall(step: LogisticLine, line: LogisticLine): boolean {
  return (
    Math.abs(step.slope) <= TOLERANCE * (1 + Math.abs(line.slope)) &&
    Math.abs(step.intercept) <= TOLERANCE * (1 + Math.abs(line.intercept))
  );
}

function moved(line: LogisticLine, step: LogisticLine, share: number): LogisticLine {
  return { slope: line.slope + share * step.slope, intercept: line.intercept + share * step.intercept };
}

function deviance({ x, y, weight }: CountedRows, { slope, intercept }: LogisticLine): number {
  let sum = 0;
  for (let row = 0; row < x.length; row++) {
    const odds = intercept + slope * x[row]!;
    sum += weight[row]! * (Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - y[row]! * odds);
  }
  return sum;
}

/** Solves the 2 x 2 system of a Newton step; undefined when it is singular. */
function newtonStep({ x, y, weight }: CountedRows, { slope, intercept }: LogisticLine): LogisticLine | undefined {
  let [gradient0, gradient1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const at = x[row]!;
    // where exp overflows the probability is 0, as it should be
    const p = 1 / (1 + Math.exp(-(intercept + slope * at)));
    const residual = weight[row]! * (y[row]! - p);
    const curvature = weight[row]! * p * (1 - p);
    gradient0 += residual;
    gradient1 += residual * at;
    h00 += curvature;
    h01 += curvature * at;
    h11 += curvature * at * at;
  }
  const determinant = h00 * h11 - h01 * h01;
  if (!(determinant > 1e-12)) return undefined;
  return {
    intercept: (h11 * gradient0 - h01 * gradient1) / determinant,
    slope: (h00 * gradient1 - h01 * gradient0) / determinant,
  };
}
