import { KafkaEventLog, MemoryBroker, MemoryEventLog, type EventLog } from '#stream';
import { IsolatedLog } from './isolated-log.js';

/** The log of one pass: in memory, whose records go with it, or topics of its own on Kafka, which stay there. */
export async function openPassLog(brokers: readonly string[] | undefined, passId: string): Promise<EventLog> {
  // A clock before every record: nothing is too old to be kept.
  if (brokers === undefined) return new MemoryEventLog(new MemoryBroker(() => 0));
  const kafka = await KafkaEventLog.open({ brokers, clientId: 'vigil-validator' });
  return new IsolatedLog(kafka, `${passId}.`);
}
