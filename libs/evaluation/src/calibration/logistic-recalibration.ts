import { countClasses } from '../labelled-scores.js';
import { fitWeightedLine } from './weighted-line.js';

/** Log odds are kept within this distance of zero, so that a probability of 0 or 1 stays finite. */
const LOG_ODDS_LIMIT = 16;

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
  return fitWeightedLine(Float64Array.from(probabilities, logOdds), labels, new Uint8Array(labels.length).fill(1));
}
