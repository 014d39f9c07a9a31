import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { EventLog } from '#stream';
import { mergePartitions } from './merge-partitions.js';
import { RECORDING_FORMAT, RECORDING_VERSION, recordLine, type RecordingHead } from './recording-format.js';
import { RecordingError } from './recording-error.js';

/** What to record. */
export interface RecordingTask {
  readonly path: string;
  readonly log: EventLog;
  readonly topics: readonly string[];
  readonly recordedAtMs: number;
  /** Leaves out what is older by its log timestamp. */
  readonly sinceMs?: number;
  readonly onRecord?: (written: number) => void;
  readonly signal?: AbortSignal;
}

/** Lines that are handed on together. */
const BLOCK_CHARACTERS = 65_536;

/**
 * Writes topics to a gzipped file, from their oldest record up to their end as it stands: a line for each record, by time of the log, as
 * far as that keeps each partition's order. The file is written beside its place and renamed: it is whole or not there.
 *
 * @returns number of records
 * @throws EventLogError when the log cannot be read; RecordingError when it was stopped
 */
export async function writeRecording(task: RecordingTask): Promise<number> {
  const { path, log, topics, recordedAtMs } = task;
  const counts = await Promise.all(topics.map((topic) => log.partitionCount(topic)));
  const head: RecordingHead = {
    ...{ format: RECORDING_FORMAT, version: RECORDING_VERSION, recordedAtMs },
    topics: topics.map((name, at) => ({ name, partitions: counts[at]! })),
  };
  const written = { records: 0 };
  try {
    await pipeline(
      Readable.from(blocks(head, task, written), { objectMode: false }),
      createGzip(),
      createWriteStream(`${path}.partial`, { mode: 0o600 }),
    );
    await rename(`${path}.partial`, path);
  } catch (error) {
    await rm(`${path}.partial`, { force: true });
    throw error;
  }
  return written.records;
}

/** The file's text, in blocks of whole lines. */
async function* blocks(
  head: RecordingHead,
  { log, sinceMs, onRecord, signal }: RecordingTask,
  written: { records: number },
): AsyncGenerator<string> {
  const digest = createHash('sha256');
  let block = `${JSON.stringify(head)}\n`;
  const partitions = head.topics.flatMap(({ name, partitions: count }) =>
    Array.from({ length: count }, (_, partition) => log.readToEnd(name, [partition], sinceMs)),
  );
  for await (const record of mergePartitions(partitions)) {
    if (signal?.aborted === true) throw new RecordingError('The recording was stopped; nothing was written.');
    if (sinceMs !== undefined && record.timestampMs < sinceMs) continue;
    block += `${recordLine(record)}\n`;
    written.records++;
    onRecord?.(written.records);
    if (block.length < BLOCK_CHARACTERS) continue;
    digest.update(block);
    yield block;
    block = '';
  }
  digest.update(block);
  yield `${block}${JSON.stringify({ end: true, records: written.records, sha256: digest.digest('hex') })}\n`;
}
