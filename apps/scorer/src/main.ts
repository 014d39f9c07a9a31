import 'reflect-metadata';
import { MINUTE_MS } from '#clinical';
import { openStorage, readSettings, ServiceLogger, SettingsError, stopOnSignals, type ShutdownStep } from '#service';
import { createScorer } from './create-scorer.js';
import { openWindowScorer } from './inference/open-window-scorer.js';
import { SCORER_SETTINGS } from './scorer-settings.js';

/** The scorer in a process of its own. Exit code 2 for bad settings, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(SCORER_SETTINGS);
  const logger = new ServiceLogger({ service: 'scorer', level: settings.LOG_LEVEL });
  const storage = await openStorage(settings, logger);
  const steps: ShutdownStep[] = [{ name: 'storage', run: () => storage.close() }];
  const onFailure = stopOnSignals({ steps, logger });
  const scorer = await openWindowScorer({
    ...{ bundleDirectory: settings.SCORER_RELEASE, engine: settings.ENGINE, threads: settings.SCORER_THREADS },
    logger,
  });
  steps.unshift({ name: 'model', run: () => scorer.close() });
  const running = await createScorer({
    ...{ log: storage.log, history: storage.history, scorer, logger, onFailure },
    scoring: {
      scoreEveryMs: settings.SCORE_EVERY_MINUTES * MINUTE_MS,
      overload: settings.SCORER_OVERLOAD,
      maxStays: settings.MAX_STAYS,
    },
    ...{ group: settings.SCORER_GROUP, partitions: settings.PARTITIONS },
    flushEveryMs: settings.FLUSH_EVERY_SECONDS * 1_000,
    http: { host: settings.SCORER_HOST, port: settings.SCORER_PORT },
    processMetrics: true,
  });
  steps.unshift({ name: 'scorer', run: () => running.stop() });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof SettingsError ? 2 : 1);
});
