import { createHash } from 'node:crypto';
import type { EventLog, LogRecord } from '#stream';
import { TOPICS } from '#wire';
import type { LiveComparison } from '../report/validation-data.js';

/** A digest of what a recorded score says, as far as it is compared: a recording may hold millions, some kilobytes each. */
export type ComparedScore = string;

/** Of the risk of a score event and what it rests on, as they are written, or of the whole of it. */
export function comparedScore({ value }: Pick<LogRecord, 'value'>, whole: boolean): ComparedScore {
  const text = value === null ? '' : Buffer.from(value).toString('utf8');
  if (whole) return digestOf(text);
  const { risk, refusedBecause, windowDigest, news2 } = JSON.parse(text) as Record<string, unknown>;
  return digestOf(JSON.stringify({ risk, refusedBecause, windowDigest, news2 }));
}

function digestOf(text: string): ComparedScore {
  return createHash('sha256').update(text).digest('base64');
}

/**
 * Holds the scores on a log against recorded ones of the same release, by their ids.
 *
 * @param recorded by id, from `comparedScore`
 * @param whole    whether every byte is compared, or the risk and what it rests on
 */
export async function compareWithLive(
  log: EventLog,
  releaseId: string,
  recorded: ReadonlyMap<string, ComparedScore>,
  whole: boolean,
): Promise<LiveComparison> {
  let equal = 0;
  let different = 0;
  const found = new Set<string>();
  for await (const record of log.readToEnd(TOPICS.riskScores)) {
    const id = record.headers['ce_id'] ?? '';
    const before = recorded.get(id);
    if (before === undefined || found.has(id)) continue;
    found.add(id);
    if (before === comparedScore(record, whole)) equal++;
    else different++;
  }
  return { releaseId, recorded: recorded.size, equal, different, missing: recorded.size - found.size };
}
