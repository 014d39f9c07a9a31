import { countClasses } from './labelled-scores.js';

/** Log odds are kept within this distance of zero, so that a probability of 0 or 1 stays finite. */
const LOG_ODDS_LIMIT = 16;
const MAX_ITERATIONS = 100;
const TOLERANCE = 1e-10;

/** A straight line on the log-odds scale: `logit(p') = intercept + slope * logit(p)`. */
export interface LogisticLine {
  readonly slope: number;
  readonly intercept: number;
}

/** Log odds of a probability, clipped to +-16. */
export function logOdds(probability: number): number {
  const odds = Math.log(probability) - Math.log1p(-probability);
  return Math.min(LOG_ODDS_LIMIT, Math.max(-LOG_ODDS_LIMIT, odds));
}

/** Probability of log odds. */
export function probabilityOfLogOdds(value: number): number {
  return value >= 0 ? 1 / (1 + Math.exp(-value)) : Math.exp(value) / (1 + Math.exp(value));
}

/**
 * Calibration slope and intercept: maximum-likelihood logistic regression of the outcome on the log odds (Cox, Biometrika 1958;45:562).
 *
 * A calibrated score has slope 1 and intercept 0; a slope under 1 means that the score is too extreme. The same line, fitted on a
 * validation part, is Platt's scaling.
 *
 * @param labels 1 died, 0 survived
 * @returns NaN for both where only one class is present or the scores separate the classes
 */
export function fitLogisticRecalibration(probabilities: ArrayLike<number>, labels: ArrayLike<number>): LogisticLine {
  const { positives, negatives } = countClasses(probabilities, labels);
  if (positives === 0 || negatives === 0) return { slope: Number.NaN, intercept: Number.NaN };
  const x = Float64Array.from(probabilities, logOdds);
  let line: LogisticLine = { slope: 1, intercept: 0 };
  let loss = deviance(x, labels, line);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const step = newtonStep(x, labels, line);
    if (step === undefined) break;
    let share = 1;
    let next = moved(line, step, share);
    while (deviance(x, labels, next) > loss && share > 1e-6) next = moved(line, step, (share /= 2));
    const nextLoss = deviance(x, labels, next);
    line = next;
    if (Math.abs(loss - nextLoss) < TOLERANCE * (1 + Math.abs(loss))) return line;
    loss = nextLoss;
  }
  return { slope: Number.NaN, intercept: Number.NaN };
}

function moved(line: LogisticLine, step: LogisticLine, share: number): LogisticLine {
  return { slope: line.slope + share * step.slope, intercept: line.intercept + share * step.intercept };
}

function deviance(x: Float64Array, labels: ArrayLike<number>, line: LogisticLine): number {
  let sum = 0;
  for (let row = 0; row < x.length; row++) {
    const odds = line.intercept + line.slope * x[row]!;
    sum += Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - labels[row]! * odds;
  }
  return sum;
}

/** Solves the 2 x 2 system of a Newton step; undefined when it is singular. */
function newtonStep(x: Float64Array, labels: ArrayLike<number>, line: LogisticLine): LogisticLine | undefined {
  let [gradient0, gradient1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const p = probabilityOfLogOdds(line.intercept + line.slope * x[row]!);
    const weight = p * (1 - p);
    gradient0 += labels[row]! - p;
    gradient1 += (labels[row]! - p) * x[row]!;
    h00 += weight;
    h01 += weight * x[row]!;
    h11 += weight * x[row]! * x[row]!;
  }
  const determinant = h00 * h11 - h01 * h01;
  if (!(determinant > 1e-12)) return undefined;
  return {
    intercept: (h11 * gradient0 - h01 * gradient1) / determinant,
    slope: (h00 * gradient1 - h01 * gradient0) / determinant,
  };
}
