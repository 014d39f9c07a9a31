import { EmbeddedHistoryStore, type HistoryStore } from '#history';
import { SettingsError, type StorageSettings } from '#service';
import { EmbeddedEventLog, type EventLog } from '#stream';
import { join } from 'node:path';

/** Where the gateway reads from; the caller closes both. */
export interface GatewayStorage {
  readonly log: EventLog;
  readonly history: HistoryStore;
}

/**
 * Opens the log and the history that the settings name.
 *
 * @throws SettingsError when a setting names what this version does not have; EventLogError when another process has the embedded log open
 */
export function openStorage(settings: StorageSettings): GatewayStorage {
  const foreign = (['KAFKA_BROKERS', 'INFLUX_URL'] as const).filter((name) => settings[name] !== undefined);
  if (foreign.length > 0) {
    throw new SettingsError(
      foreign.map((name) => ({
        name,
        value: settings[name]!,
        expected: 'this version reads the embedded log and history only; leave it out',
      })),
    );
  }
  const log = EmbeddedEventLog.open({ directory: join(settings.VIGIL_STATE, 'log') });
  return { log, history: EmbeddedHistoryStore.open({ directory: join(settings.VIGIL_STATE, 'history') }) };
}
