import { DAY_MS } from '#clinical';
import { TOPICS, type TopicName } from './topics.js';

/** How a topic keeps its records. */
export interface TopicLayout {
  readonly name: TopicName;
  readonly partitions: number;
  /** `delete` drops records older than `retentionMs`; `compact` keeps the last record of every key. */
  readonly cleanup: 'delete' | 'compact';
  readonly retentionMs?: number;
}

/**
 * Partitions of every topic when nothing else is said. Fixed for the life of a log: stays move between partitions when it changes, and
 * a stay's events, scores and snapshots must share a number.
 */
export const DEFAULT_PARTITIONS = 12;

const WEEK_MS = 7 * DAY_MS;

const RETENTION: Readonly<Record<TopicName, Omit<TopicLayout, 'name' | 'partitions'> & { partitions?: number }>> = {
  [TOPICS.bedsideEvents]: { cleanup: 'delete', retentionMs: WEEK_MS },
  [TOPICS.riskScores]: { cleanup: 'delete', retentionMs: WEEK_MS },
  [TOPICS.staySnapshots]: { cleanup: 'compact' },
  [TOPICS.deadLetters]: { cleanup: 'delete', retentionMs: 4 * WEEK_MS },
  // One partition whatever is asked for, so that everyone reads the transitions in the order in which they were made.
  [TOPICS.modelReleases]: { cleanup: 'compact', partitions: 1 },
  [TOPICS.shadowScores]: { cleanup: 'delete', retentionMs: WEEK_MS },
  [TOPICS.alerts]: { cleanup: 'delete', retentionMs: 4 * WEEK_MS },
  [TOPICS.alertCommands]: { cleanup: 'delete', retentionMs: WEEK_MS },
  [TOPICS.alerterSnapshots]: { cleanup: 'compact' },
  [TOPICS.stayOutcomes]: { cleanup: 'compact' },
};

/** How a topic is laid out, whoever creates it. `model-releases` always has one partition. */
export function topicLayout(name: TopicName, partitions = DEFAULT_PARTITIONS): TopicLayout {
  return { name, partitions, ...RETENTION[name] };
}
