import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { RecordingError } from './recording-error.js';

const MOST_CHARACTERS = 32 * 1024 * 1024;

/**
 * Lines of a gzipped file, without their line feeds.
 *
 * @throws RecordingError when the file is not there, is no gzip, ends in the middle, or has a line beyond any record's size
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unzipped = createGunzip();
  file.on('error', (error) => unzipped.destroy(error));
  file.pipe(unzipped);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of unzipped) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop()!;
      if (rest.length > MOST_CHARACTERS)
        throw new RecordingError(`${path}: a line is longer than any record; this is no recording of topics.`);
      yield* lines;
    }
  } catch (error) {
    throw error instanceof RecordingError ? error : new RecordingError(problemOf(path, error), { cause: error });
  } finally {
    file.destroy();
  }
  if (rest !== '') yield rest;
}

function problemOf(path: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${path} is not there: give the file that "replay record" wrote.`;
  if (code === 'Z_BUF_ERROR') return `${path} is cut off: it ends in the middle of a record. Copy or record it again.`;
  if (code === 'Z_DATA_ERROR')
    return `${path} is no gzip file or is damaged (${message}): give the file that "replay record" wrote, as it was written.`;
  return `${path} cannot be read: ${message}.`;
}
