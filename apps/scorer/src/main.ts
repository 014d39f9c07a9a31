import 'reflect-metadata';
import { MINUTE_MS } from '#clinical';
import { openStorage, readSettings, runMain, ServiceLogger, stopOnSignals, type ShutdownStep } from '#service';
import type { EventLog } from '#stream';
import { join } from 'node:path';
import { createScorer } from './create-scorer.js';
import { openWindowScorer } from './inference/open-window-scorer.js';
import type { WindowScorer } from './inference/window-scorer.js';
import { FollowedReleases } from './releases/followed-releases.js';
import { SCORER_SETTINGS, type ScorerSettings } from './scorer-settings.js';

/** The scorer in a process of its own. Exit code 2 for bad settings, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(SCORER_SETTINGS);
  const logger = new ServiceLogger({ service: 'scorer', level: settings.LOG_LEVEL });
  const storage = await openStorage(settings, logger);
  const steps: ShutdownStep[] = [{ name: 'storage', run: () => storage.close() }];
  const onFailure = stopOnSignals({ steps, logger });
  const scorer = await openReleases(settings, storage.log, logger);
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

/** One release for good where the settings name it, otherwise those that the registry assigns. */
async function openReleases(
  settings: ScorerSettings,
  log: EventLog,
  logger: ServiceLogger,
): Promise<WindowScorer | FollowedReleases> {
  const { SCORER_RELEASE: bundleDirectory, ENGINE: engine, SCORER_THREADS: threads } = settings;
  if (bundleDirectory !== undefined) return openWindowScorer({ bundleDirectory, engine, threads, logger });
  return FollowedReleases.open({
    ...{ log, logger, engine, threads },
    cacheDirectory: settings.SCORER_CACHE ?? join(settings.VIGIL_STATE, 'release-cache'),
    registryUrl: settings.REGISTRY_URL,
    registryToken: settings.REGISTRY_TOKEN,
  });
}

runMain(main);
