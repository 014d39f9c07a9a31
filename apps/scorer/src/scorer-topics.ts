import type { EventLog } from '#stream';
import { topicLayout, TOPICS } from '#wire';

/**
 * Creates what is missing of the topics that the scorer reads and writes. Rejects when one exists with another number of partitions: a
 * stay's events, scores and snapshots must share a number.
 */
export async function ensureScorerTopics(log: EventLog, partitions: number): Promise<void> {
  await log.ensureTopics(Object.values(TOPICS).map((name) => topicLayout(name, partitions)));
}
