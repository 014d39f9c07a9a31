import type { Observation } from '#clinical';
import { digestOfFile, monthFolderName, TRAINING_SET_VERSION, type TrainingSetMonth } from '#datasets';
import type { CompletedStay } from '#wire';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MonthTables } from './month-tables.js';

/** A stay as it goes into the set. */
export interface StoredStay {
  readonly stay: CompletedStay;
  /** SHA-256 of the record. */
  readonly recordDigest: string;
  /** By availability. */
  readonly observations: readonly Observation[];
}

/** What to make of a month. */
export interface MonthRewrite {
  /** Folder of the training set. */
  readonly folder: string;
  readonly month: string;
  /** The month as it stands, or undefined when there is none yet. */
  readonly before: TrainingSetMonth | undefined;
  /** Stays that come or are replaced. */
  readonly incoming: readonly StoredStay[];
  /** Ids of stays that leave. */
  readonly leaving: readonly string[];
}

/**
 * Writes the next generation of a month beside the present one and puts it in place by one renaming: whoever reads sees the old month or the new
 * one, and a crash leaves the old one. Everything is synced before. The same stays give the same bytes, in whatever order and parts they came
 * (with the same version of DuckDB).
 *
 * @returns the month as it stands now; undefined when no stay is left in it, and its folder is gone
 */
export async function writeMonth(rewrite: MonthRewrite): Promise<TrainingSetMonth | undefined> {
  const { folder, month, before } = rewrite;
  const generation = (before?.generation ?? 0) + 1;
  const name = monthFolderName(month, generation);
  const partial = join(folder, `${name}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  const counts = await MonthTables.write(partial, rewrite);
  if (counts.stays === 0) {
    await rm(partial, { recursive: true });
    if (before) await removeMonth(folder, before);
    return undefined;
  }
  const digests = {
    stays: await digestOfFile(join(partial, 'stays.parquet')),
    observations: await digestOfFile(join(partial, 'observations.parquet')),
  };
  const file = { formatVersion: TRAINING_SET_VERSION, month, ...counts, digests } as const;
  await writeFile(join(partial, 'month.json'), `${JSON.stringify(file, undefined, 2)}\n`);
  for (const written of ['stays.parquet', 'observations.parquet', 'month.json', '.'])
    await sync(join(partial, written));
  await rename(partial, join(folder, name));
  await sync(folder);
  if (before) await rm(before.folder, { recursive: true });
  return { ...file, folder: join(folder, name), generation };
}

/** Takes a month away at once: a folder that is being deleted must not look like a damaged month. */
async function removeMonth(folder: string, month: TrainingSetMonth): Promise<void> {
  const trash = `${month.folder}.partial`;
  await rm(trash, { recursive: true, force: true });
  await rename(month.folder, trash);
  await sync(folder);
  await rm(trash, { recursive: true });
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
