import { KnnImputer } from '../imputers/knn-imputer.js';
import { LinearImputer } from '../imputers/linear-imputer.js';
import { LocfImputer } from '../imputers/locf-imputer.js';
import { MeanImputer } from '../imputers/mean-imputer.js';
import { ZeroImputer } from '../imputers/zero-imputer.js';
import type { Imputer } from './imputer.js';

const IMPUTERS = {
  zero: () => new ZeroImputer(),
  mean: () => new MeanImputer(),
  locf: () => new LocfImputer(),
  linear: () => new LinearImputer(),
  knn: () => new KnnImputer(),
} satisfies Record<string, () => Imputer>;

/** Name of an imputer without a network. */
export type ClassicalImputerId = keyof typeof IMPUTERS;

/** Imputers without a network, in the order of tables. */
export const CLASSICAL_IMPUTER_IDS = Object.keys(IMPUTERS) as readonly ClassicalImputerId[];

/** A fresh imputer, not fitted yet. */
export function createImputer(id: ClassicalImputerId): Imputer {
  return IMPUTERS[id]();
}
