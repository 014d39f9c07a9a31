import type { EventLog } from '#stream';
import { topicLayout, TOPICS } from '#wire';

/** Topics that the alerter reads, each with its own place in a stay's state. */
export const READ_TOPICS = [TOPICS.riskScores, TOPICS.bedsideEvents, TOPICS.alertCommands] as const;

/** One of {@link READ_TOPICS}. */
export type ReadTopic = (typeof READ_TOPICS)[number];

/**
 * Creates what is missing of the topics that the alerter reads and writes. Rejects when one exists with another number of partitions: a
 * stay's scores, events, commands and alerts must share a number.
 */
export async function ensureAlerterTopics(log: EventLog, partitions: number): Promise<void> {
  const written = [TOPICS.alerts, TOPICS.alerterSnapshots, TOPICS.deadLetters];
  await log.ensureTopics([...READ_TOPICS, ...written].map((name) => topicLayout(name, partitions)));
}
