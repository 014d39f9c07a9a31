import { DAY_MS } from '#clinical';
import type { EventLog, TopicSpecification } from '#stream';
import { TOPICS } from '#wire';

/**
 * Partitions of every topic when nothing else is said.
 *
 * Fixed for the life of a log: stays move between partitions when it changes.
 */
export const DEFAULT_PARTITIONS = 12;

const WEEK_MS = 7 * DAY_MS;

/** The topics that the scorer reads and writes. Those by stay have the same number of partitions. */
export function scorerTopics(partitions: number): TopicSpecification[] {
  return [
    { name: TOPICS.bedsideEvents, partitions, cleanup: 'delete', retentionMs: WEEK_MS },
    { name: TOPICS.riskScores, partitions, cleanup: 'delete', retentionMs: WEEK_MS },
    { name: TOPICS.staySnapshots, partitions, cleanup: 'compact' },
    { name: TOPICS.deadLetters, partitions, cleanup: 'delete', retentionMs: 4 * WEEK_MS },
  ];
}

/**
 * Creates what is missing of the topics. Rejects when one exists with another number of partitions: a stay's events, scores and
 * snapshots must share a number.
 */
export async function ensureScorerTopics(log: EventLog, partitions: number): Promise<void> {
  await log.ensureTopics(scorerTopics(partitions));
}
