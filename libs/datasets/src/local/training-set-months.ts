import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { DatasetError } from '../dataset-error.js';

/** File that names a folder as a training set. */
export const TRAINING_SET_MARK = 'vigil-training-set.json';

/** Version of the layout that this build reads and writes. */
export const TRAINING_SET_VERSION = 1;

/** The tables of a month. */
export const MONTH_TABLES = ['stays', 'observations'] as const;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

/** What `month.json` says: written last, so a month without it was never finished. */
export const monthFileSchema = z.strictObject({
  formatVersion: z.literal(TRAINING_SET_VERSION),
  /** UTC, of the end of the stays: `2026-11`. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  stays: count,
  deaths: count,
  unknown: count,
  observations: count,
  /** SHA-256 of the files. */
  digests: z.strictObject({ stays: digest, observations: digest }),
});

/** A month of a training set: its folder and what is in it. */
export interface TrainingSetMonth extends z.infer<typeof monthFileSchema> {
  readonly folder: string;
  /** Grows with each rewriting; the greatest one counts. */
  readonly generation: number;
}

const FOLDER_NAME = /^(\d{4}-\d{2})\.(\d{6})$/;

/** Name of a month's folder. */
export function monthFolderName(month: string, generation: number): string {
  return `${month}.${String(generation).padStart(6, '0')}`;
}

/**
 * The months of a training set, oldest first: of each the newest generation, in `YYYY-MM.NNNNNN`. Empty months are left out.
 *
 * @throws DatasetError when the folder is no training set, or one of another version
 */
export async function trainingSetMonths(path: string): Promise<TrainingSetMonth[]> {
  await checkMark(path);
  const newest = new Map<string, { readonly name: string; readonly generation: number }>();
  for (const name of await readdir(path)) {
    const [, month, number] = FOLDER_NAME.exec(name) ?? [];
    const generation = Number(number);
    if (month !== undefined && generation > (newest.get(month)?.generation ?? -1))
      newest.set(month, { name, generation });
  }
  const months = await Promise.all(
    [...newest.values()].map(async ({ name, generation }) => {
      const folder = join(path, name);
      return { ...(await readMonthFile(folder)), folder, generation };
    }),
  );
  return months.sort((one, other) => (one.month < other.month ? -1 : 1));
}

/** Rejects with a {@link DatasetError} when a file of the month is not the one that was written. */
export async function verifyMonth(month: TrainingSetMonth): Promise<void> {
  for (const table of MONTH_TABLES) {
    const path = join(month.folder, `${table}.parquet`);
    if ((await digestOfFile(path)) === month.digests[table]) continue;
    throw new DatasetError(
      `${path} is not the file whose digest stands in month.json: it is damaged. Put the folder back from a backup, or remove it and let the trainer read stay-outcomes again.`,
    );
  }
}

/** SHA-256 of a file, hex. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function checkMark(path: string): Promise<void> {
  const text = await readFile(join(path, TRAINING_SET_MARK), 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new DatasetError(
      `${path} is no training set: there is no ${TRAINING_SET_MARK} in it. Give the folder in which the trainer keeps its stays.`,
    );
  }
  const version = /"formatVersion":\s*(\d+)/.exec(text)?.[1];
  if (version !== String(TRAINING_SET_VERSION)) {
    throw new DatasetError(
      `${path} is a training set of version ${version ?? 'none'}; this build reads version ${TRAINING_SET_VERSION}.`,
    );
  }
}

async function readMonthFile(folder: string): Promise<z.infer<typeof monthFileSchema>> {
  const path = join(folder, 'month.json');
  try {
    return monthFileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new DatasetError(
      `${path} cannot be read (${(error as Error).message.split('\n')[0]}): the month is damaged.`,
    );
  }
}
