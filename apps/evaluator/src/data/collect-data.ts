import { SIGNAL_SETS } from '#clinical';
import { cachedWindows, type DatasetPath, type WindowStore } from '#training';
import { partsByDataset, presentParts, type SplitPart } from '#datasets';
import { UsageError, type RunContext } from '../run-context.js';

/** Windows of one data set. */
export interface EvaluationData {
  /** Such as `challenge-2012`. */
  readonly id: string;
  /** Of the widest signal set; a method takes those that it knows. */
  readonly store: WindowStore;
  /** SHA-256 of the windows. */
  readonly digest: string;
}

/** Which data sets to read, and how much of them. */
export interface DataOptions {
  readonly dataset: readonly DatasetPath[];
  /** Sets of a challenge, such as `set-c`; empty for all that are there. */
  readonly part: readonly string[];
  readonly workDir: string;
  readonly seed: number;
  readonly maxStays?: number;
}

/** Which windows to cut. */
export interface WindowWishes {
  /** Parts of the split to read of a data set and its parts, if it has any. */
  readonly parts: (id: string, datasetParts: readonly string[] | undefined) => readonly SplitPart[];
  readonly endHours: readonly number[];
  readonly randomEnds: number;
  /** Whether stays without a known outcome are read, too. @default false */
  readonly withoutOutcome?: boolean;
}

const PRINT_EVERY_STAYS = 1000;

/**
 * Cuts the windows of each data set, or takes them from the cache of an earlier run.
 *
 * @throws UsageError without a data set, or for a part that none of them has; DatasetError when a folder is missing or foreign
 */
export async function collectData(
  options: DataOptions,
  wishes: WindowWishes,
  { print }: Pick<RunContext, 'print'>,
): Promise<EvaluationData[]> {
  const { dataset, part, workDir, seed, maxStays } = options;
  if (dataset.length === 0)
    throw new UsageError(
      'no data set: add --dataset challenge-2012=PATH (from physionet.org), or another that --help lists',
    );
  const asked = partsAsked(dataset, part);
  const collected: EvaluationData[] = [];
  for (const { id, path } of dataset) {
    const datasetParts = asked.get(id) ?? (await partsThere(id, path));
    const { store, digest, fromCache } = await cachedWindows(
      {
        datasets: [{ id, path, ...(datasetParts === undefined ? {} : { parts: datasetParts }) }],
        signals: SIGNAL_SETS['icu-36'],
        seed,
        endHours: wishes.endHours,
        randomEnds: wishes.randomEnds,
        ...(wishes.withoutOutcome === undefined ? {} : { withoutOutcome: wishes.withoutOutcome }),
        parts: wishes.parts(id, datasetParts),
        ...(maxStays === undefined ? {} : { maxStays }),
        onStay: (read) => read % PRINT_EVERY_STAYS === 0 && print(`read ${read} stays of ${id}`),
      },
      workDir,
    );
    print(
      `${id}: ${countStays(store)} stays, ${store.labels.length} windows${fromCache ? ' from the cache' : ''}, digest ${digest.slice(0, 12)}`,
    );
    collected.push({ id, store, digest });
  }
  return collected;
}

/** Number of different stays in a store. */
export function countStays({ labels }: WindowStore): number {
  return new Set(labels.map(({ stayId }) => stayId)).size;
}

/** As {@link partsByDataset}; a part that is nobody's here is wrong usage. */
function partsAsked(dataset: DataOptions['dataset'], part: readonly string[]): ReadonlyMap<string, readonly string[]> {
  try {
    return partsByDataset(
      dataset.map(({ id }) => id),
      part,
    );
  } catch (error) {
    throw new UsageError(`--part: ${(error as Error).message}`);
  }
}

/** Parts that lie in the folder, in the order of their names; undefined for a data set without any. */
async function partsThere(id: string, path: string): Promise<readonly string[] | undefined> {
  const found = await presentParts(id, path);
  return found.length === 0 ? undefined : found.toSorted();
}
