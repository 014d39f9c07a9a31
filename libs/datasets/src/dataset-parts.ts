import { DatasetError } from './dataset-error.js';
import type { DatasetId } from './dataset-id.js';

/** The parts of the data sets that have any. */
export const DATASET_PARTS = {
  'challenge-2012': ['set-a', 'set-b', 'set-c'],
  'challenge-2019': ['training_setA', 'training_setB'],
} as const satisfies Partial<Record<DatasetId, readonly string[]>>;

/**
 * Those of the parts that a command was asked for which are this data set's, each once, or undefined (all of them) when none is: one command may
 * read several data sets and name parts of one.
 *
 * @throws DatasetError for a part that no data set has
 */
export function partsFor(id: DatasetId, asked: readonly string[] | undefined): readonly string[] | undefined {
  const known: readonly string[] = Object.values(DATASET_PARTS).flat();
  const unknown = asked?.find((part) => !known.includes(part));
  if (unknown !== undefined) {
    throw new DatasetError(`There is no part "${unknown}". Known are ${known.join(', ')}.`);
  }
  const own: readonly string[] = Object.hasOwn(DATASET_PARTS, id)
    ? DATASET_PARTS[id as keyof typeof DATASET_PARTS]
    : [];
  const chosen = [...new Set(asked)].filter((part) => own.includes(part));
  return chosen.length === 0 ? undefined : chosen;
}

/**
 * To be asked once for all data sets that a command reads, since {@link partsFor} passes over the parts of others.
 *
 * @throws DatasetError for a part of a data set that is not among them
 */
export function expectPartsAmong(ids: readonly string[], asked: readonly string[] | undefined): void {
  for (const part of asked ?? []) {
    const [owner] =
      Object.entries(DATASET_PARTS).find(([, parts]) => (parts as readonly string[]).includes(part)) ?? [];
    if (owner === undefined || ids.includes(owner)) continue;
    throw new DatasetError(
      `The part "${part}" is of ${owner}, which is not read here. Name that data set, too, or leave the part out.`,
    );
  }
}
