import 'reflect-metadata';
import { openEventLog, readSettings, runMain, ServiceLogger, stopOnSignals, type ShutdownStep } from '#service';
import { join } from 'node:path';
import { createRegistry } from './create-registry.js';
import { REGISTRY_SETTINGS } from './registry-settings.js';

/** The registry in a process of its own. Exit code 2 for bad settings, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(REGISTRY_SETTINGS);
  const logger = new ServiceLogger({ service: 'registry', level: settings.LOG_LEVEL });
  const log = await openEventLog(settings, logger);
  const steps: ShutdownStep[] = [{ name: 'log', run: () => log.close() }];
  const onFailure = stopOnSignals({ steps, logger });
  const registry = await createRegistry({
    ...{ log, logger, onFailure, processMetrics: true },
    directory: settings.REGISTRY_STORE ?? join(settings.VIGIL_STATE, 'registry'),
    location: settings.REGISTRY_LOCATION,
    replaceTopic: settings.REGISTRY_REPLACE_TOPIC,
    retention: { days: settings.REGISTRY_KEEP_RETIRED_DAYS, champions: settings.REGISTRY_KEEP_CHAMPIONS },
    http: {
      host: settings.REGISTRY_HOST,
      port: settings.REGISTRY_PORT,
      token: settings.REGISTRY_TOKEN,
      withoutToken: settings.REGISTRY_WITHOUT_TOKEN,
      allowedOrigins: settings.REGISTRY_ALLOWED_ORIGINS?.split(',') ?? [],
      publicUrl: settings.REGISTRY_PUBLIC_URL,
    },
  });
  steps.unshift({ name: 'registry', run: () => registry.stop() });
}

runMain(main);
