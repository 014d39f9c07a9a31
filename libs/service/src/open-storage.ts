import { EmbeddedHistoryStore, InfluxHistoryStore, type HistoryStore } from '#history';
import { EmbeddedEventLog, KafkaEventLog, type EventLog } from '#stream';
import { join } from 'node:path';
import type { ServiceLogger } from './service-logger.js';
import type { StorageSettings } from './storage-settings.js';

/** The log and the history of a process. */
export interface Storage {
  readonly log: EventLog;
  readonly history: HistoryStore;
  /** Where both are, in words for whoever started the process; no secrets. */
  readonly words: string;
  /** Closes the history, then the log. */
  close(): Promise<void>;
}

/**
 * Opens the log and the history that the settings name: Kafka with KAFKA_BROKERS, InfluxDB with INFLUX_URL, and for what is not
 * named the embedded ones in the state folder, which one process at a time may have open.
 *
 * @param logger told when a connection is lost and made again
 * @throws EventLogError or HistoryError when a server does not answer or another process has the state folder open
 */
export async function openStorage(settings: StorageSettings, logger?: ServiceLogger): Promise<Storage> {
  const { VIGIL_STATE: folder, KAFKA_BROKERS, INFLUX_URL } = settings;
  const log = await openEventLog(settings, logger);
  try {
    const history = await openHistory(settings);
    const close = async (): Promise<void> => {
      try {
        await history.close();
      } finally {
        await log.close();
      }
    };
    const logWords = KAFKA_BROKERS ? `log on Kafka at ${KAFKA_BROKERS}` : `log embedded in ${folder}`;
    const historyWords = INFLUX_URL
      ? `history in InfluxDB at ${new URL(INFLUX_URL).host}`
      : `history embedded in ${folder}`;
    return { log, history, words: `${logWords}, ${historyWords}`, close };
  } catch (error) {
    await log.close();
    throw error;
  }
}

/** Opens the log alone, for a process that needs no history. */
export async function openEventLog(settings: StorageSettings, logger?: ServiceLogger): Promise<EventLog> {
  const { VIGIL_STATE: folder, KAFKA_BROKERS } = settings;
  if (KAFKA_BROKERS === undefined) return EmbeddedEventLog.open({ directory: join(folder, 'log') });
  return KafkaEventLog.open({
    brokers: KAFKA_BROKERS.split(','),
    clientId: 'vigil',
    onNotice: ({ level, message }) => logger?.[level](message),
  });
}

/** Opens the history alone. */
export async function openHistory(settings: StorageSettings): Promise<HistoryStore> {
  const { VIGIL_STATE: folder, INFLUX_URL } = settings;
  return INFLUX_URL === undefined
    ? EmbeddedHistoryStore.open({ directory: join(folder, 'history') })
    : InfluxHistoryStore.open({ url: INFLUX_URL });
}
