import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { downloadFrom } from '../dataset-source.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { YOUNGEST_YEARS } from '../descriptors.js';
import { readOutcomes, type RecordOutcome } from './outcomes.js';
import { parseRecord } from './parse-record.js';
import { recordsOfArchive, recordsOfFolder, type RecordFile } from '../record-files.js';

const RECORD_NAME = /^(\d+)\.txt$/;
const SETS = ['set-a', 'set-b', 'set-c'] as const;

const EXPECTED: FolderExpectation = {
  dataset: 'challenge-2012',
  lookedFor:
    'set-a.tar.gz, set-b.tar.gz or set-c.tar.gz (or the unpacked folders set-a, set-b, set-c) and Outcomes-a.txt and so on',
  downloadFrom: downloadFrom('challenge-2012'),
};

/** A record of a set as it lies in its file, with what the outcomes file says of it. */
export interface SetRecord extends RecordFile {
  readonly set: string;
  /** Undefined where the outcomes file is missing or does not know the record. */
  readonly known: RecordOutcome | undefined;
}

/** Stays of PhysioNet/CinC Challenge 2012 v1.0.0, set by set, one record in memory at a time. */
export async function* readChallenge2012(context: ReadContext): AsyncGenerator<RecordedStay> {
  for await (const { set, recordId, text, known } of recordsOfSets(context)) {
    const recorded = parseRecord(text, { recordId, set, delay: context.delay, report: context.report });
    if (recorded === undefined) continue;
    if ((recorded.stay.static.ageYears ?? YOUNGEST_YEARS) < YOUNGEST_YEARS) {
      context.report.skipStay('under-16');
      continue;
    }
    context.report.takeStay(recorded.observations.length, known?.outcome !== undefined);
    yield { ...recorded, ...known };
  }
}

/**
 * The records of the sets that are there, or of those asked for, as they lie in their files.
 *
 * @throws DatasetError when the path is missing or foreign, or a set is not there
 */
export async function* recordsOfSets({ path, parts }: Pick<ReadContext, 'path' | 'parts'>): AsyncGenerator<SetRecord> {
  const { names, present } = await setsIn(path);
  for (const set of chosenSets(present, { path, parts })) {
    const outcomes = await readOutcomes(join(path, `Outcomes-${set.slice(-1)}.txt`));
    for await (const record of recordsOf(set, names, path))
      yield { ...record, set, known: outcomes.get(record.recordId) };
  }
}

/** The sets that lie in a folder, packed or not. @throws DatasetError when there is none */
export async function presentSetsOf2012(path: string): Promise<readonly string[]> {
  return (await setsIn(path)).present;
}

async function setsIn(path: string): Promise<{ names: readonly string[]; present: readonly string[] }> {
  const names = await listFolder(path, EXPECTED);
  const present = SETS.filter((set) => names.includes(set) || names.includes(`${set}.tar.gz`));
  if (present.length === 0) throw foreignFolder(path, names, EXPECTED);
  return { names, present };
}

function chosenSets(
  present: readonly string[],
  { parts, path }: Pick<ReadContext, 'path' | 'parts'>,
): readonly string[] {
  if (parts === undefined) return present;
  const missing = parts.filter((part) => !present.includes(part));
  if (missing.length === 0) return parts;
  throw new DatasetError(
    `challenge-2012: no part ${missing.join(', ')} in "${path}"; there are ${present.join(', ')}. Its parts are set-a, set-b and set-c.`,
  );
}

function recordsOf(set: string, names: readonly string[], path: string): AsyncGenerator<RecordFile> {
  return names.includes(set)
    ? recordsOfFolder(join(path, set), RECORD_NAME)
    : recordsOfArchive(join(path, `${set}.tar.gz`), RECORD_NAME);
}
