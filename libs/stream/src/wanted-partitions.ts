import { EventLogError } from './event-log-error.js';

/**
 * The partitions of a topic that are to be read: those asked for, otherwise all of them in the order of their numbers.
 *
 * @param count how many partitions the topic has
 * @throws EventLogError `topic-unknown` for a partition that there is not
 */
export function wantedPartitions(
  topic: string,
  count: number,
  asked: readonly number[] | undefined,
): readonly number[] {
  if (asked === undefined) return Array.from({ length: count }, (_, partition) => partition);
  const missing = asked.find((partition) => !(partition >= 0 && partition < count));
  if (missing === undefined) return asked;
  throw new EventLogError('topic-unknown', `topic ${topic} has ${count} partitions, there is no partition ${missing}`);
}
