import type { EventLog, LogRecord, OutgoingRecord } from '#stream';
import { DEAD_LETTER, encodeEvent, TOPICS, type DeadLetter } from '#wire';
import { ALERTER_SOURCE } from './publish-alerts.js';
import type { ReadRecord } from './read-record.js';

/** A record and why it was refused. */
export interface RefusedRecord {
  readonly record: LogRecord;
  readonly refusal: Extract<ReadRecord, { kind: 'refused' }>;
}

/** Appends refused scores and commands, whole, with where they stood and why; resolves when they are durable. */
export async function publishDeadLetters(log: EventLog, refused: readonly RefusedRecord[]): Promise<void> {
  if (refused.length > 0) await log.append(TOPICS.deadLetters, refused.map(deadLetterRecord));
}

function deadLetterRecord({ record, refusal }: RefusedRecord): OutgoingRecord {
  const { topic, partition, offset, timestampMs, key, headers, value } = record;
  const letter: DeadLetter = {
    ...{ topic, partition, offset: String(offset), timestampMs },
    ...{ reason: refusal.outcome, detail: refusal.detail, key, headers: { ...headers } },
    valueBase64: value === null ? null : Buffer.from(value).toString('base64'),
  };
  const id = `${topic}|${partition}|${offset}`;
  return encodeEvent({ type: DEAD_LETTER, source: ALERTER_SOURCE, id, key, timeMs: timestampMs }, letter);
}
