import { join } from 'node:path';
import { EmbeddedEventLog, KafkaEventLog, type EventLog } from '#stream';
import type { LogPlace } from './replay-command.js';

/**
 * Opens the log of the place; the caller closes it. Rejects when no broker answers or another process has the embedded log open.
 *
 * @param onNotice told what went wrong on the way to Kafka and was mended
 */
export async function openLog(
  { brokers, stateFolder }: LogPlace,
  onNotice: (message: string) => void,
): Promise<EventLog> {
  if (brokers === undefined) return EmbeddedEventLog.open({ directory: join(stateFolder, 'log') });
  return KafkaEventLog.open({ brokers, clientId: 'vigil-replay', onNotice: ({ message }) => onNotice(message) });
}
