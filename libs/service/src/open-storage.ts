import { EmbeddedHistoryStore, type HistoryStore } from '#history';
import { EmbeddedEventLog, type EventLog } from '#stream';
import { join } from 'node:path';
import { SettingsError } from './settings-error.js';
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
 * Opens the log and the history that the settings name; without any, the embedded ones in the state folder.
 *
 * @throws SettingsError when a setting names what cannot be had; EventLogError when another process has the state folder open
 */
export async function openStorage(settings: StorageSettings): Promise<Storage> {
  const { VIGIL_STATE: folder, KAFKA_BROKERS, INFLUX_URL } = settings;
  for (const [name, value] of Object.entries({ KAFKA_BROKERS, INFLUX_URL })) {
    if (value !== undefined)
      throw new SettingsError([{ name, expected: 'nothing: only the embedded storage is built' }]);
  }
  const log = EmbeddedEventLog.open({ directory: join(folder, 'log') });
  const history = EmbeddedHistoryStore.open({ directory: join(folder, 'history') });
  const close = async (): Promise<void> => {
    try {
      await history.close();
    } finally {
      await log.close();
    }
  };
  return { log, history, words: `log and history embedded in ${folder}`, close };
}
