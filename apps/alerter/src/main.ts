import 'reflect-metadata';
import { PolicyError } from '#alerting';
import { openEventLog, readSettings, ServiceLogger, SettingsError, stopOnSignals, type ShutdownStep } from '#service';
import { ALERTER_SETTINGS } from './alerter-settings.js';
import { createAlerter } from './create-alerter.js';
import { loadPolicy } from './load-policy.js';

/** The alerter in a process of its own. Exit code 2 for bad settings or a bad policy, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(ALERTER_SETTINGS);
  const policy = await loadPolicy(settings.ALERTER_POLICY);
  const logger = new ServiceLogger({ service: 'alerter', level: settings.LOG_LEVEL });
  const log = await openEventLog(settings, logger);
  const steps: ShutdownStep[] = [{ name: 'log', run: () => log.close() }];
  const onFailure = stopOnSignals({ steps, logger });
  const running = await createAlerter({
    ...{ log, policy, logger, onFailure },
    clock: { rule: settings.ALERTER_CLOCK, patienceMs: settings.ALERTER_PATIENCE_SECONDS * 1_000 },
    ...{ group: settings.ALERTER_GROUP, partitions: settings.PARTITIONS },
    flushEveryMs: settings.FLUSH_EVERY_SECONDS * 1_000,
    http: { host: settings.ALERTER_HOST, port: settings.ALERTER_PORT, token: settings.ALERTER_TOKEN },
    processMetrics: true,
  });
  steps.unshift({ name: 'alerter', run: () => running.stop() });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof SettingsError || error instanceof PolicyError ? 2 : 1);
});
