import { join } from 'node:path';
import { EmbeddedEventLog, type EventLog } from '#stream';
import type { LogPlace } from './replay-command.js';
import { ReplayError } from './replay-error.js';

/** Opens the log of the place; the caller closes it. Rejects when another process has the embedded log open. */
export function openLog({ brokers, stateFolder }: LogPlace): Promise<EventLog> {
  if (brokers !== undefined)
    throw new ReplayError('This version has no Kafka log: leave --brokers and KAFKA_BROKERS out.');
  return Promise.resolve(EmbeddedEventLog.open({ directory: join(stateFolder, 'log') }));
}
