import { SIGNAL_SETS } from '#clinical';
import { cachedWindows, type DatasetPath, type WindowStore } from '#training';
import type { SplitPart } from '#datasets';
import { readdir } from 'node:fs/promises';
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
/** Names of the parts of data sets that have some, as folders or archives. */
const PART_NAMES: Readonly<Record<string, RegExp>> = {
  'challenge-2012': /^(set-[abc])(\.tar\.gz)?$/,
  'challenge-2019': /^(training_set[AB])(?:-part)?(\.tar\.gz)?$/,
};

/**
 * Cuts the windows of each data set, or takes them from the cache of an earlier run.
 *
 * @throws UsageError without a data set, or for a part of one that has none; DatasetError when a folder is missing or foreign
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
  const named = dataset.some(({ id }) => hasParts(id));
  if (part.length > 0 && !named)
    throw new UsageError(
      `--part ${part.join(', ')}: ${dataset.map(({ id }) => id).join(', ')} has no parts; leave the option out`,
    );
  const collected: EvaluationData[] = [];
  for (const { id, path } of dataset) {
    const datasetParts = hasParts(id) ? await partsOf(id, path, part) : undefined;
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

function hasParts(id: string): boolean {
  return PART_NAMES[id] !== undefined;
}

/** The parts asked for, or those that lie in the folder; undefined where there are none, and reading will say why. */
async function partsOf(id: string, path: string, wanted: readonly string[]): Promise<readonly string[] | undefined> {
  if (wanted.length > 0) return wanted;
  const names = await readdir(path).catch(() => []);
  const found = new Set(names.flatMap((name) => PART_NAMES[id]!.exec(name)?.[1] ?? []));
  return found.size === 0 ? undefined : [...found].sort();
}
