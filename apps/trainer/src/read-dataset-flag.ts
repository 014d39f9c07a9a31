import { COHORT_IDS } from '#datasets';
import type { DatasetPath } from '#training';
import { InvalidArgumentError } from 'commander';

/** Reads `id=path`: a data set of real people, and the folder where it lies. */
export function readDatasetFlag(text: string): DatasetPath {
  const split = text.indexOf('=');
  const id = COHORT_IDS.find((name) => name === text.slice(0, split));
  if (split < 0 || id === undefined || split === text.length - 1)
    throw new InvalidArgumentError(`expected one of ${COHORT_IDS.join(', ')}, then =, then its folder`);
  return { id, path: text.slice(split + 1) };
}
