import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { downloadFrom } from '../dataset-source.js';
import { openCsv, tableFileName, type TableFile } from '../duckdb/table-file.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import type { ReadContext } from '../read-context.js';
import type { MimicLayout, MimicTable } from './mimic-layout.js';

/** The opened tables; those that may be missing are absent then, and the report says what is lost. */
export type MimicFiles = Readonly<Record<Exclude<MimicTable, 'outputs' | 'procedures'>, TableFile>> & {
  readonly outputs?: TableFile;
  readonly procedures?: TableFile;
};

/** Opens the tables of a layout. Rejects with a sentence when one that must be there is missing or foreign. */
export async function openMimic(layout: MimicLayout, { path, parts, report }: ReadContext): Promise<MimicFiles> {
  const expected: FolderExpectation = {
    dataset: layout.id,
    lookedFor:
      Object.values(layout.tables)
        .filter(({ without }) => without === undefined)
        .map(({ folder, table }) => (folder === '' ? `${table}.csv` : `${folder}/${table}.csv`))
        .join(', ') + ' (each plain or as .csv.gz)',
    downloadFrom: downloadFrom(layout.id),
  };
  const names = await listFolder(path, expected);
  if (parts !== undefined) throw new DatasetError(`${layout.id} has no parts: leave the part out.`);
  const folders = new Map<string, readonly string[]>([['', names]]);
  for (const folder of ['icu', 'hosp']) {
    if (names.includes(folder)) folders.set(folder, await listFolder(join(path, folder), expected));
  }
  const opened: Partial<Record<MimicTable, TableFile>> = {};
  for (const [key, { folder, table, columns, without }] of Object.entries(layout.tables)) {
    const name = tableFileName(folders.get(folder) ?? [], table);
    if (name !== undefined) {
      opened[key as MimicTable] = await openCsv(join(path, folder), name, columns, layout.take);
    } else if (without === undefined) throw foreignFolder(path, names, expected);
    else report.notes.push(`there is no ${table}: ${without}`);
  }
  return opened as MimicFiles;
}
