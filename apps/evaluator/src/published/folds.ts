import { randomOf } from '#training';

/** Folds of the protocol. */
export const FOLDS = 5;
const TRAINING_SHARE = 0.7;

/** Indices of the three sides of a fold. */
export interface Fold {
  readonly training: readonly number[];
  readonly validation: readonly number[];
  readonly measured: readonly number[];
}

/**
 * One of five folds as CSDI's code cuts them: all windows in random order, a fifth of them measured; of the others, again in random order,
 * as many as are 70 % of all to learn from, and the rest, 10 %, to stop by. The order is by our seed, not by NumPy's.
 *
 * @param fold from 0
 */
export function foldOf(count: number, fold: number, seed: number): Fold {
  const order = shuffled([...Array(count).keys()], `${seed}|published folds`);
  const [start, end] = [Math.floor((fold * count) / FOLDS), Math.floor(((fold + 1) * count) / FOLDS)];
  const rest = shuffled([...order.slice(0, start), ...order.slice(end)], `${seed}|published fold ${fold}`);
  const training = Math.floor(TRAINING_SHARE * count);
  return { training: rest.slice(0, training), validation: rest.slice(training), measured: order.slice(start, end) };
}

function shuffled(items: readonly number[], key: string): number[] {
  const random = randomOf(key);
  return items
    .map((item) => ({ item, draw: random() }))
    .sort((a, b) => a.draw - b.draw)
    .map(({ item }) => item);
}
