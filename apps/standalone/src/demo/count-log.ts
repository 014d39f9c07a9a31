import type { EventLog, LogRecord } from '#stream';
import {
  decodeData,
  eventType,
  OBSERVATION,
  observationEventSchema,
  RISK_SCORE,
  riskScoreSchema,
  STAY_ENDED,
  TOPICS,
} from '#wire';

/** What stands on the log, counted by reading all of it. */
export interface LogCounts {
  readonly bedsideEvents: number;
  readonly riskScores: number;
  readonly deadLetters: number;
  /** Different (stay, signal, times, source, value) among the observations that were not refused. */
  readonly observations: number;
  /** Different (stay, event time, release) among the scores. */
  readonly scores: number;
  readonly stayIds: readonly string[];
  /** Stays with an end that was not refused. */
  readonly endedStays: number;
  /** Records of `stay-outcomes`, the newest of each stay, tombstones left out. */
  readonly completedStays: number;
}

/** Reads every topic to its end and counts. */
export async function countLog(log: EventLog): Promise<LogCounts> {
  const deadLetters = await all(log, TOPICS.deadLetters);
  const refused = new Set(deadLetters.map(originOf));
  const events = await all(log, TOPICS.bedsideEvents);
  const scores = await all(log, TOPICS.riskScores);
  const outcomes = await all(log, TOPICS.stayOutcomes);
  return {
    bedsideEvents: events.length,
    riskScores: scores.length,
    deadLetters: deadLetters.length,
    observations: new Set(events.filter((event) => !refused.has(placeOf(event))).flatMap(observationKey)).size,
    scores: new Set(scores.flatMap(scoreKey)).size,
    endedStays: new Set(
      events
        .filter((event) => eventType(event.headers) === STAY_ENDED && !refused.has(placeOf(event)))
        .map(({ key }) => key),
    ).size,
    completedStays: [...new Map(outcomes.map(({ key, value }) => [key, value])).values()].filter(
      (value) => value !== null,
    ).length,
    stayIds: [...new Set(events.map(({ key }) => key))],
  };
}

async function all(log: EventLog, topic: string): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const record of log.readToEnd(topic)) records.push(record);
  return records;
}

function placeOf({ partition, offset }: LogRecord): string {
  return `${partition}/${offset}`;
}

function originOf({ value }: LogRecord): string {
  const { partition, offset } = JSON.parse(Buffer.from(value!).toString('utf8')) as Record<string, unknown>;
  return `${String(partition)}/${String(offset)}`;
}

function observationKey({ headers, value }: LogRecord): string[] {
  if (eventType(headers) !== OBSERVATION) return [];
  const decoded = decodeData(observationEventSchema, value);
  if (!decoded.ok) return [];
  const { stayId, signal, effectiveAtMs, availableAtMs, source, value: sent, unit } = decoded.data;
  return [[stayId, signal, effectiveAtMs, availableAtMs, source, sent, unit].join('|')];
}

function scoreKey({ headers, value }: LogRecord): string[] {
  const decoded = decodeData(riskScoreSchema, value);
  if (eventType(headers) !== RISK_SCORE || !decoded.ok) return [];
  const { stayId, dueAtMs, releaseId } = decoded.data;
  return [[stayId, dueAtMs, releaseId].join('|')];
}
