import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { DatasetError } from './dataset-error.js';

/** A record's file: its id and its whole text (about 10 KB). */
export interface RecordFile {
  readonly recordId: string;
  readonly text: string;
}

/** Records are small; a larger file is not one. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024;

/**
 * Records of an unpacked set, by record id.
 * @param recordName matches the name of a record's file; its first group is the record's id
 */
export async function* recordsOfFolder(folder: string, recordName: RegExp): AsyncGenerator<RecordFile> {
  for (const name of (await readdir(folder)).sort()) {
    const recordId = recordName.exec(name)?.[1];
    if (recordId !== undefined) yield { recordId, text: await readFile(join(folder, name), 'utf8') };
  }
}

/** Records of a packed set in the order of the archive, one at a time. Rejects with a sentence when the archive is damaged. */
export async function* recordsOfArchive(path: string, recordName: RegExp): AsyncGenerator<RecordFile> {
  const file = createReadStream(path);
  const unpacked = extract();
  pipeline(file, createGunzip(), unpacked, () => undefined);
  try {
    for await (const entry of unpacked) {
      const recordId = recordName.exec(basename(entry.header.name))?.[1];
      const isRecord = entry.header.type === 'file' && recordId !== undefined;
      const text = await textOf(entry, isRecord, `${path} ${entry.header.name}`);
      if (isRecord) yield { recordId, text };
    }
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError(
      `${path} cannot be unpacked (${(error as Error).message}): it is damaged or no gzipped tar archive. Download it again.`,
    );
  } finally {
    unpacked.destroy();
    file.destroy();
  }
}

/** Reads an entry to its end, as the archive demands; keeps it only when wanted. */
async function textOf(entry: AsyncIterable<unknown>, wanted: boolean, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of entry) {
    if (!wanted) continue;
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_RECORD_BYTES) {
      throw new DatasetError(`${name} is larger than 4 MiB; a record has about 10 KB.`);
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
