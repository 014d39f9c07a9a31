import type { EventLog, OutgoingRecord } from '#stream';
import { encodeEvent, REMOVED_BECAUSE_HEADER, STAY_OUTCOME, TOPICS } from '#wire';
import { assembleCompletedStay } from './assemble-completed-stay.js';
import { SCORER_SOURCE } from './publish-scores.js';
import { readPast, readPublished, type PastSources } from './read-past.js';
import type { DueOutcome } from './take-outcomes.js';

/** What publishing the outcomes works with. */
export interface OutcomeParts extends PastSources {
  readonly log: EventLog;
  readonly partition: number;
}

/** Records appended at once: at most 8 MiB. */
const RECORDS_PER_APPEND = 16;

/**
 * Says on `stay-outcomes` which stays have ended, whole, and which records are removed; resolves when it is durable, or when the partition is no longer
 * ours. At most 512 KiB and a bit a record, sixteen at a time. Saying it again after a crash gives the same records.
 */
export async function publishOutcomes(due: readonly DueOutcome[], parts: OutcomeParts): Promise<void> {
  const departed = due.flatMap((one) => (one.kind === 'completed' && !one.past.window ? [one.past.stay.stayId] : []));
  const published = await readPublished(parts.log, parts.partition, new Set(departed));
  for (let from = 0; from < due.length && parts.goesOn(); from += RECORDS_PER_APPEND) {
    const records: OutgoingRecord[] = [];
    for (const outcome of due.slice(from, from + RECORDS_PER_APPEND)) {
      if (outcome.kind === 'removed') records.push(tombstone(outcome));
      else {
        const before = published.get(outcome.past.stay.stayId) ?? [];
        records.push(completedRecord(outcome, [...before, ...(await readPast(outcome.past, parts))]));
      }
    }
    if (parts.goesOn()) await parts.log.append(TOPICS.stayOutcomes, records);
  }
}

function completedRecord(
  { past, loggedAtMs }: Extract<DueOutcome, { kind: 'completed' }>,
  observations: Parameters<typeof assembleCompletedStay>[1],
): OutgoingRecord {
  const key = past.stay.stayId;
  const attributes = {
    type: STAY_OUTCOME,
    source: SCORER_SOURCE,
    id: `${key}|${past.lifeAtMs}`,
    key,
    timeMs: loggedAtMs,
  };
  return encodeEvent(attributes, assembleCompletedStay(past, observations));
}

function tombstone({ stayId, why, loggedAtMs }: Extract<DueOutcome, { kind: 'removed' }>): OutgoingRecord {
  const headers = {
    ce_specversion: '1.0',
    ce_type: STAY_OUTCOME,
    ce_source: SCORER_SOURCE,
    ce_id: `${stayId}|${why}`,
    [REMOVED_BECAUSE_HEADER]: why,
  };
  return { key: stayId, value: null, headers, timestampMs: loggedAtMs };
}
