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

/**
 * Says on `stay-outcomes` which stays have ended, whole, and which records are removed; resolves when it is durable. At most 512 KiB and a bit a record,
 * one at a time. Saying it again after a crash gives the same records.
 */
export async function publishOutcomes(due: readonly DueOutcome[], parts: OutcomeParts): Promise<void> {
  const departed = due.flatMap((one) => (one.kind === 'completed' && !one.past.window ? [one.past.stay.stayId] : []));
  const published = await readPublished(parts.log, parts.partition, new Set(departed));
  for (const outcome of due) {
    if (!parts.goesOn()) return;
    const record =
      outcome.kind === 'removed'
        ? tombstone(outcome)
        : completedRecord(outcome, [
            ...(published.get(outcome.past.stay.stayId) ?? []),
            ...(await readPast(outcome.past, parts)),
          ]);
    await parts.log.append(TOPICS.stayOutcomes, [record]);
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
