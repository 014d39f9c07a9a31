import { seededRandom } from '#evaluation';
import { initialWeights, runningAverageNames, type HyperParameters, type NetworkWeights } from '#network';

/** How far a bench's weights may lie from where a training starts. */
const MOVED = 0.1;

/** False for the running averages of batch normalisation, which no gradient moves. */
export function isTrained(name: string): boolean {
  return !Object.values(runningAverageNames(0)).includes(name);
}

/**
 * Weights as a training starts with them, but each trained number moved a little: some arrays start at zero and silence what lies before them, and
 * a silent part would not show that two programs compute the same.
 */
export function benchWeights(hyper: HyperParameters): NetworkWeights {
  const random = seededRandom(5);
  const moved = Object.entries(initialWeights(hyper, random)).map(([name, { shape, values }]) => {
    const change = isTrained(name) ? MOVED : 0;
    return [name, { shape, values: values.map((value) => value + change * (2 * random() - 1)) }] as const;
  });
  return Object.fromEntries(moved);
}
