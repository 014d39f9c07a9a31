import 'reflect-metadata';
import { join } from 'node:path';
import { PolicyError } from '#alerting';
import { openEventLog, readSettings, runMain, ServiceLogger, stopOnSignals, type ShutdownStep } from '#service';
import { ALERTER_SETTINGS, type AlerterSettings } from './alerter-settings.js';
import { createAlerter } from './create-alerter.js';
import type { ConfiguredSink } from './delivery/alert-delivery.js';
import { readSinkFile } from './delivery/config/read-sink-file.js';
import { SinkFileError } from './delivery/config/sink-file-error.js';
import { deliverAlerts } from './delivery/deliver-alerts.js';
import { loadPolicy } from './load-policy.js';

/** The alerter in a process of its own. Exit code 2 for bad settings, a bad policy or file of sinks, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(ALERTER_SETTINGS);
  const policy = await loadPolicy(settings.ALERTER_POLICY);
  const sinks = await sinksOf(settings);
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
    companion: deliverAlerts({ sinks, folder: join(settings.VIGIL_STATE, 'alert-delivery') }),
    processMetrics: true,
  });
  steps.unshift({ name: 'alerter', run: () => running.stop() });
}

async function sinksOf({ ALERTER_SINKS: path }: AlerterSettings): Promise<ConfiguredSink[]> {
  if (path === undefined) return [];
  return readSinkFile(path, {
    environment: process.env,
    nowMs: Date.now,
    write: (line, written) => process.stdout.write(line, written),
  });
}

runMain(main, [PolicyError, SinkFileError]);
