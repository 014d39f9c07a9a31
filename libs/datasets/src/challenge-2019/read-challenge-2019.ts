import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { downloadFrom } from '../dataset-source.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import type { ReadContext } from '../read-context.js';
import { recordsOfArchive, recordsOfFolder, type RecordFile } from '../record-files.js';
import type { RecordedStay } from '../recorded-stay.js';
import { parseRecord } from './parse-record.js';

const RECORD_NAME = /^(p\d+)\.psv$/;
const SET_NAME = /^(training_set[AB])(-part)?(\.tar\.gz)?$/;

const EXPECTED: FolderExpectation = {
  dataset: 'challenge-2019',
  lookedFor:
    'the unpacked folders training_setA and training_setB (or training, which holds them), or each packed as .tar.gz',
  downloadFrom: downloadFrom('challenge-2019'),
};

/** Stays of PhysioNet/CinC Challenge 2019 v1.0.0, set by set, one record in memory at a time. None has an outcome: its label is sepsis. */
export async function* readChallenge2019(context: ReadContext): AsyncGenerator<RecordedStay> {
  const { folder, present } = await setsIn(context.path);
  for (const set of chosenSets([...present.keys()], context)) {
    for await (const { recordId, text } of recordsOf(join(folder, present.get(set)!))) {
      const recorded = parseRecord(text, { recordId, set, delay: context.delay, report: context.report });
      if (recorded === undefined) continue;
      context.report.takeStay(recorded.observations.length, false);
      yield recorded;
    }
  }
}

/** The sets that lie in a folder, packed or not. @throws DatasetError when there is none */
export async function presentSetsOf2019(path: string): Promise<readonly string[]> {
  return [...(await setsIn(path)).present.keys()];
}

/** Sets by the names of their files. */
async function setsIn(path: string): Promise<{ folder: string; present: ReadonlyMap<string, string> }> {
  const { folder, names } = await folderOfSets(path);
  const present = new Map<string, string>();
  for (const name of names) {
    const set = SET_NAME.exec(name)?.[1];
    if (set !== undefined && !present.has(set)) present.set(set, name);
  }
  if (present.size === 0) throw foreignFolder(path, names, EXPECTED);
  return { folder, present };
}

async function folderOfSets(path: string): Promise<{ folder: string; names: readonly string[] }> {
  const names = await listFolder(path, EXPECTED);
  if (!names.includes('training')) return { folder: path, names };
  const folder = join(path, 'training');
  return { folder, names: await listFolder(folder, EXPECTED) };
}

function chosenSets(present: readonly string[], { parts, path }: ReadContext): readonly string[] {
  if (parts === undefined) return present;
  const missing = parts.filter((part) => !present.includes(part));
  if (missing.length === 0) return parts;
  throw new DatasetError(
    `challenge-2019: no part ${missing.join(', ')} in "${path}"; there are ${present.join(', ')}. Its parts are training_setA and training_setB.`,
  );
}

function recordsOf(path: string): AsyncGenerator<RecordFile> {
  return path.endsWith('.tar.gz') ? recordsOfArchive(path, RECORD_NAME) : recordsOfFolder(path, RECORD_NAME);
}
