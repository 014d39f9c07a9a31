import { EventLogError, type EventLog } from '#stream';
import { topicLayout, TOPICS } from '#wire';

const BEDSIDE_EVENTS = topicLayout(TOPICS.bedsideEvents);

/** How long the topic keeps events when the replay creates it; what is older may be gone before it is scored. */
export const BEDSIDE_RETENTION_MS = BEDSIDE_EVENTS.retentionMs!;

/** Creates `bedside-events` when the log does not have it; leaves it as it is otherwise. */
export async function ensureBedsideTopic(log: EventLog): Promise<void> {
  try {
    await log.partitionCount(TOPICS.bedsideEvents);
  } catch (error) {
    if (!(error instanceof EventLogError) || error.code !== 'topic-unknown') throw error;
    await log.ensureTopics([BEDSIDE_EVENTS]);
  }
}
