import type { EventLog, OutgoingRecord } from '#stream';
import { encodeEvent, RISK_SCORE, TOPICS, type RiskScore, type TopicName } from '#wire';
import type { DueWindow } from './assemble-window.js';

/** Source attribute of what the scorer writes. */
export const SCORER_SOURCE = '/vigil/scorer';

/** A score event and the window that it is about. */
export interface FinishedScore {
  readonly window: DueWindow;
  readonly score: RiskScore;
}

/** Appends score events; resolves when they are durable. */
export function publishScores(
  log: EventLog,
  finished: readonly FinishedScore[],
  topic: TopicName = TOPICS.riskScores,
): Promise<void> {
  return log.append(topic, finished.map(scoreRecord));
}

function scoreRecord({ window, score }: FinishedScore): OutgoingRecord {
  const attributes = { type: RISK_SCORE, source: SCORER_SOURCE, id: window.scoreId, key: score.stayId };
  return encodeEvent({ ...attributes, timeMs: window.loggedAtMs }, score);
}
