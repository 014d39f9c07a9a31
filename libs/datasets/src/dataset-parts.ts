import { DatasetError } from './dataset-error.js';
import type { DatasetId } from './dataset-id.js';

/** The parts of the data sets that have any. */
const DATASET_PARTS = {
  'challenge-2012': ['set-a', 'set-b', 'set-c'],
  'challenge-2019': ['training_setA', 'training_setB'],
} as const satisfies Partial<Record<DatasetId, readonly string[]>>;

/**
 * The parts that a command was asked for, by data set, each once: one command may read several data sets and name parts of one. A data set without
 * an entry is read whole.
 *
 * @param read all data sets that the command reads
 * @throws DatasetError for a part that no data set has, or that only one has which is not read
 */
export function partsByDataset(
  read: readonly string[],
  asked: readonly string[] | undefined,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const part of new Set(asked)) {
    const owner = ownerOf(part);
    if (!read.includes(owner))
      throw new DatasetError(
        `The part "${part}" is of ${owner}, which is not read here. Name that data set, too, or leave the part out.`,
      );
    found.set(owner, [...(found.get(owner) ?? []), part]);
  }
  return found;
}

function ownerOf(part: string): string {
  const owner = Object.entries(DATASET_PARTS).find(([, parts]) => (parts as readonly string[]).includes(part))?.[0];
  if (owner !== undefined) return owner;
  throw new DatasetError(`There is no part "${part}". Known are ${Object.values(DATASET_PARTS).flat().join(', ')}.`);
}
