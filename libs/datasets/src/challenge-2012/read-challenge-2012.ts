import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { downloadFrom } from '../dataset-source.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { YOUNGEST_YEARS } from '../descriptors.js';
import { readOutcomes } from './outcomes.js';
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

/** Stays of PhysioNet/CinC Challenge 2012 v1.0.0, set by set, one record in memory at a time. */
export async function* readChallenge2012(context: ReadContext): AsyncGenerator<RecordedStay> {
  const names = await listFolder(context.path, EXPECTED);
  const present = SETS.filter((set) => names.includes(set) || names.includes(`${set}.tar.gz`));
  if (present.length === 0) throw foreignFolder(context.path, names, EXPECTED);
  for (const set of chosenSets(present, context)) {
    const outcomes = await readOutcomes(join(context.path, `Outcomes-${set.slice(-1)}.txt`));
    for await (const { recordId, text } of recordsOf(set, names, context.path)) {
      const recorded = parseRecord(text, { recordId, set, delay: context.delay, report: context.report });
      if (recorded === undefined) continue;
      if ((recorded.stay.static.ageYears ?? YOUNGEST_YEARS) < YOUNGEST_YEARS) {
        context.report.skipStay('under-16');
        continue;
      }
      const known = outcomes.get(recordId);
      context.report.takeStay(recorded.observations.length, known?.outcome !== undefined);
      yield { ...recorded, ...known };
    }
  }
}

function chosenSets(present: readonly string[], { parts, path }: ReadContext): readonly string[] {
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
