import type { EventLog, LogRecord, OutgoingRecord } from '#stream';
import { DEAD_LETTER, encodeEvent, TOPICS, type DeadLetter } from '#wire';
import { SCORER_SOURCE } from './publish-scores.js';
import type { Rejection } from './step-result.js';

/** A record and why it was refused. */
export interface RefusedRecord {
  readonly record: LogRecord;
  readonly rejection: Rejection;
}

/** Appends refused records, whole, with where they stood and why; resolves when they are durable. */
export async function publishDeadLetters(log: EventLog, refused: readonly RefusedRecord[]): Promise<void> {
  if (refused.length > 0) await log.append(TOPICS.deadLetters, refused.map(deadLetterRecord));
}

function deadLetterRecord({ record, rejection }: RefusedRecord): OutgoingRecord {
  const { topic, partition, offset, timestampMs, key, headers, value } = record;
  const letter: DeadLetter = {
    topic,
    partition,
    offset: String(offset),
    timestampMs,
    reason: rejection.outcome,
    detail: rejection.detail,
    key,
    headers: { ...headers },
    valueBase64: value === null ? null : Buffer.from(value).toString('base64'),
  };
  const id = `${topic}|${partition}|${offset}`;
  return encodeEvent({ type: DEAD_LETTER, source: SCORER_SOURCE, id, key, timeMs: timestampMs }, letter);
}
