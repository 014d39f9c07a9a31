import type { EventLog } from '#stream';
import { decodeData, riskScoreSchema, TOPICS, type RiskScore } from '#wire';
import { ValidationError } from '../validation-error.js';
import type { ScoreRow, StayScores } from './stay-scores.js';

/**
 * Every score that stands on the log, by stay in the order of their ids.
 *
 * @param releaseId scores of other releases are passed over
 * @throws ValidationError when the model was away for one of them
 */
export async function readScores(log: EventLog, releaseId: string): Promise<StayScores[]> {
  const byStay = new Map<string, Map<string, ScoreRow>>();
  for await (const { key, value, headers } of log.readToEnd(TOPICS.riskScores)) {
    const decoded = decodeData(riskScoreSchema, value);
    if (!decoded.ok) throw new ValidationError(`A score of ${key} cannot be read: ${decoded.problem}.`);
    if (decoded.data.releaseId !== releaseId) continue;
    if (decoded.data.refusedBecause === 'model-unavailable')
      throw new ValidationError(`${releaseId} failed while ${key} was scored; the lines above say why.`);
    const rows = byStay.get(key) ?? new Map<string, ScoreRow>();
    // A score that was published twice has the same id and the same bytes.
    rows.set(headers['ce_id'] ?? '', rowOf(decoded.data));
    byStay.set(key, rows);
  }
  return [...byStay]
    .map(([stayId, rows]) => ({ stayId, rows: inOrder([...rows.values()]) }))
    .sort((left, right) => (left.stayId < right.stayId ? -1 : 1));
}

/** What a validation keeps of a score event. */
export function rowOf(score: RiskScore): ScoreRow {
  const { risk, refusedBecause, news2 } = score;
  return {
    sinceAdmissionMs: score.dueAtMs - score.admittedAtMs,
    ...(risk === undefined ? {} : { risk }),
    ...(refusedBecause === undefined ? {} : { refusedBecause }),
    news2: news2.total,
    news2Missing: news2.missing,
    completeness: score.completeness,
  };
}

/** By due time; several windows of one due time keep the order of the log, in which the last is the newest. */
function inOrder(rows: ScoreRow[]): ScoreRow[] {
  return rows.sort((left, right) => left.sinceAdmissionMs - right.sinceAdmissionMs);
}
