import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { RegistryError } from '../registry-error.js';
import { isPlainFileName, MAX_BUNDLE_BYTES, MAX_BUNDLE_FILES } from './bundle-limits.js';

/** Entry of an upload that is no file of the bundle but what the decision rests on. */
const EVIDENCE_ENTRY = 'evidence.json';

/**
 * The files of a bundle as a tar, read while it is sent.
 *
 * @param evidence JSON that travels with it
 */
export function packBundle(directory: string, evidence?: unknown): Readable {
  const tar = pack();
  const write = async (): Promise<void> => {
    if (evidence !== undefined) tar.entry({ name: EVIDENCE_ENTRY }, JSON.stringify(evidence));
    for (const name of (await readdir(directory)).sort()) {
      const bytes = await readFile(join(directory, name));
      const header = { name, size: bytes.length, mode: 0o644, mtime: new Date(0) };
      await new Promise<void>((resolve, reject) => {
        tar.entry(header, bytes, (error) => (error ? reject(error) : resolve()));
      });
    }
    tar.finalize();
  };
  write().catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  return Readable.from(tar);
}

/**
 * Unpacks a tar of plain files into a folder.
 *
 * @returns the evidence, when the tar has an evidence.json
 * @throws RegistryError `too-large` as soon as there is too much, `bad-bundle` for entries that are no plain files with plain names
 */
export async function unpackBundle(tar: Readable, directory: string, maxBytes = MAX_BUNDLE_BYTES): Promise<unknown> {
  const entries = extract();
  const reading = pipeline(tar, entries);
  // what goes wrong in the stream is thrown by the loop below, too
  reading.catch(() => undefined);
  let bytes = 0;
  let files = 0;
  try {
    for await (const entry of entries) {
      const { name, type, size = 0 } = entry.header;
      const plain = name.replace(/^\.\//, '');
      if (type === 'directory' && (plain === '' || plain === '.')) {
        entry.resume();
        continue;
      }
      if (type !== 'file' || !isPlainFileName(plain))
        throw new RegistryError(
          'bad-bundle',
          `the tar has an entry "${name.slice(0, 100)}" that is no plain file at its top; expected the files of the bundle without a folder`,
        );
      bytes += size;
      files += 1;
      if (bytes > maxBytes)
        throw new RegistryError(
          'too-large',
          `the bundle has more than ${maxBytes} bytes, which is the most that is taken`,
        );
      if (files > MAX_BUNDLE_FILES)
        throw new RegistryError('bad-bundle', `the tar has more than ${MAX_BUNDLE_FILES} files`);
      await writeFile(join(directory, plain), chunksOf(entry), { flag: 'wx' });
    }
    await reading;
    return await takeEvidence(join(directory, EVIDENCE_ENTRY));
  } catch (error) {
    tar.destroy();
    if (error instanceof RegistryError) throw error;
    throw new RegistryError('bad-bundle', `the tar cannot be read: ${String(error)}`, { cause: error });
  }
}

/** The stream of tar-stream is not Node's own class; its chunks are. */
async function* chunksOf(entry: AsyncIterable<unknown>): AsyncIterable<Uint8Array> {
  for await (const chunk of entry) yield chunk as Uint8Array;
}

/** Reads the evidence and takes it out of the folder. */
async function takeEvidence(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  await rm(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RegistryError('bad-bundle', 'evidence.json is not JSON', { cause });
  }
}
