import { countClasses } from '../labelled-scores.js';

/**
 * Mean squared difference between a probability and what happened (Brier, Mon Weather Rev 1950;78:1). Lower is better.
 *
 * @param labels 1 died, 0 survived
 */
export function brierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  countClasses(probabilities, labels);
  let sum = 0;
  for (let row = 0; row < labels.length; row++) sum += (probabilities[row]! - labels[row]!) ** 2;
  return sum / labels.length;
}
