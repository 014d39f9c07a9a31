import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { parseRecording } from './parse-recording.js';

const EXPECTED: FolderExpectation = {
  dataset: 'recordings',
  lookedFor: 'recordings of stays (*.ndjson)',
  downloadFrom: 'the project (test/recordings)',
};

/** Stays of a folder of recordings, by file name. */
export async function* readRecordings({ path, parts, report }: ReadContext): AsyncGenerator<RecordedStay> {
  const names = await listFolder(path, EXPECTED);
  const recordings = names.filter((name) => name.endsWith('.ndjson'));
  if (recordings.length === 0) throw foreignFolder(path, names, EXPECTED);
  if (parts !== undefined) throw new DatasetError('recordings have no parts: leave the part out.');
  for (const name of recordings) {
    const recorded = parseRecording(await readFile(join(path, name), 'utf8'), join(path, name));
    report.takeStay(recorded.observations.length, recorded.outcome !== undefined);
    yield recorded;
  }
}
