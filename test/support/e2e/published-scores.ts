import { createHash } from 'node:crypto';
import type { EventLog } from '#stream';
import { TOPICS } from '#wire';

/** Of every stay with this prefix, the digests of its score records' bytes in the order in which they stand on the log. */
export async function publishedScores(log: EventLog, stayIdPrefix = ''): Promise<Record<string, string[]>> {
  const byStay: Record<string, string[]> = {};
  for await (const { key, value } of log.readToEnd(TOPICS.riskScores)) {
    if (!key.startsWith(stayIdPrefix)) continue;
    (byStay[key] ??= []).push(createHash('sha256').update(value!).digest('hex'));
  }
  return byStay;
}
