import { MONTH_TABLES, type TrainingSetMonth } from '#datasets';
import { copyFile, link, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Links the files of months into a new folder; copies them where the disk cannot link (another device). */
export async function freezeMonths(months: readonly TrainingSetMonth[], into: string): Promise<void> {
  await mkdir(into, { mode: 0o700 });
  for (const { folder } of months) {
    const copy = join(into, basename(folder));
    await mkdir(copy, { mode: 0o700 });
    for (const name of [...MONTH_TABLES.map((table) => `${table}.parquet`), 'month.json']) {
      await linkOrCopy(join(folder, name), join(copy, name));
    }
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'ENOTSUP') throw error;
    await copyFile(from, to);
  }
}
