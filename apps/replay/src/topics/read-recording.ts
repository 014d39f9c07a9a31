import { createHash } from 'node:crypto';
import type { LogRecord } from '#stream';
import type { z } from 'zod';
import { OrderCheck } from './order-check.js';
import { readLines } from './read-lines.js';
import {
  RECORDING_FORMAT,
  RECORDING_VERSION,
  recordingEndSchema,
  recordingHeadSchema,
  recordLineSchema,
  recordOfLine,
  type RecordingHead,
} from './recording-format.js';
import { RecordingError } from './recording-error.js';

/**
 * Records of a recording in the order of the file, each to the byte as it stood on the log. What was given out before an error stands: a
 * caller that must not use a part of a file reads it once before.
 *
 * @throws RecordingError for a file that is missing, damaged, cut off, of another version, or whose partitions are mixed up
 */
export async function* readRecording(path: string): AsyncGenerator<LogRecord, void> {
  const digest = createHash('sha256');
  let check: OrderCheck | undefined;
  let number = 0;
  let records = 0;
  let ended = false;
  for await (const line of readLines(path)) {
    number++;
    if (ended) throw new RecordingError(`${path}, line ${number}: more lines after the end. Record it again.`);
    const parsed = parseLine(path, number, line);
    if (check === undefined) check = new OrderCheck(path, headOf(path, parsed).topics);
    else if (isEnd(parsed)) {
      const end = recordingEndSchema.safeParse(parsed).data;
      if (end?.records !== records || end.sha256 !== digest.digest('hex'))
        throw new RecordingError(
          `${path} was changed after it was written: its end does not fit its lines. Copy it again.`,
        );
      ended = true;
    } else {
      const record = recordOfLine(checked(recordLineSchema, parsed, path, number));
      check.take(record, number);
      records++;
      yield record;
    }
    if (!ended) digest.update(`${line}\n`);
  }
  if (!ended)
    throw new RecordingError(`${path} is cut off after line ${number}: its end is missing. Copy or record it again.`);
}

/** What a recording holds, from its first line. @throws RecordingError as {@link readRecording} */
export async function readRecordingHead(path: string): Promise<RecordingHead> {
  for await (const line of readLines(path)) return headOf(path, parseLine(path, 1, line));
  throw new RecordingError(`${path} is empty: give the file that "replay record" wrote.`);
}

function parseLine(path: string, number: number, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new RecordingError(`${path}, line ${number}: not JSON. The file is cut off or was changed; copy it again.`, {
      cause,
    });
  }
}

function headOf(path: string, parsed: unknown): RecordingHead {
  const { format, version } = (parsed ?? {}) as { format?: unknown; version?: unknown };
  if (format !== RECORDING_FORMAT)
    throw new RecordingError(`${path} is no recording of topics: its first line has no format "${RECORDING_FORMAT}".`);
  if (version !== RECORDING_VERSION)
    throw new RecordingError(
      `${path} is of version ${String(version)}; this Vigil reads version ${RECORDING_VERSION}. Record it again, or take the Vigil that wrote it.`,
    );
  return checked(recordingHeadSchema, parsed, path, 1);
}

function isEnd(parsed: unknown): boolean {
  return typeof parsed === 'object' && parsed !== null && 'end' in parsed;
}

function checked<T>(schema: z.ZodType<T>, parsed: unknown, path: string, number: number): T {
  const result = schema.safeParse(parsed);
  if (result.success) return result.data;
  const { path: where, message } = result.error.issues[0]!;
  throw new RecordingError(
    `${path}, line ${number}: ${where.join('.') || 'line'}: ${message}. The file was changed; copy it again.`,
  );
}
