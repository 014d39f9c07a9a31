import { afterEach } from '@jest/globals';
import { KafkaEventLog } from '#stream';
import { topicLayout, type TopicName } from '#wire';
import { requiredSetting } from './required-setting.js';

/** What a spec has opened, in order. */
export type Opened = { close(): Promise<void> }[];

/** A list that is emptied after each test: what was opened last is closed first. */
export function closedAfterEach(): Opened {
  const opened: Opened = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });
  return opened;
}

/** The log on the broker that was started, with these topics; those that are missing are made as the apps make them. */
export async function openKafkaLog(opened: Opened, topics: readonly TopicName[] = []): Promise<KafkaEventLog> {
  const log = await KafkaEventLog.open({ brokers: requiredSetting('KAFKA_BROKERS').split(',') });
  opened.push(log);
  for (const name of topics) {
    const exists = await log.partitionCount(name).then(
      () => true,
      () => false,
    );
    if (!exists) await log.ensureTopics([topicLayout(name)]);
  }
  return log;
}
