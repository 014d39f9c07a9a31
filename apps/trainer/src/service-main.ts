import 'reflect-metadata';
import { shippedReleaseDirectory, SHIPPED_RELEASE_ID } from '#model';
import { RegistryClient } from '#registry';
import { openEventLog, readSettings, runMain, ServiceLogger, stopOnSignals, type ShutdownStep } from '#service';
import { join } from 'node:path';
import { createTrainer } from './service/create-trainer.js';
import { trainWordsOf } from './service/train-words.js';
import { TRAINER_SETTINGS, type TrainerSettings } from './service/trainer-settings.js';
import { LoneRelease, type ReleaseShelf } from './trainings/release-shelf.js';
import { RegistryShelf } from './trainings/registry-shelf.js';

/** A process that trains may take a few seconds to write its checkpoint. */
const STOP_WITHIN_MS = 30_000;

/** The trainer's service in a process of its own. Exit code 2 for bad settings, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(TRAINER_SETTINGS);
  const { TRAINER_SCHEDULE: schedule, TRAINER_TIME_ZONE: timeZone } = settings;
  const trainWords = await trainWordsOf(settings.TRAINER_OPTIONS);
  const logger = new ServiceLogger({ service: 'trainer', level: settings.LOG_LEVEL });
  const directory = join(settings.VIGIL_STATE, 'trainer');
  const log = await openEventLog(settings, logger);
  const steps: ShutdownStep[] = [{ name: 'log', run: () => log.close() }];
  const onFailure = stopOnSignals({ steps, logger, timeoutMs: STOP_WITHIN_MS });
  const trainer = await createTrainer({
    ...{ log, logger, directory, schedule, timeZone, trainWords, onFailure },
    shelf: shelfOf(settings, join(directory, 'bundles')),
    ...{ gatePolicy: settings.TRAINER_GATE_POLICY, driftPolicy: settings.TRAINER_DRIFT_POLICY },
    ...{ afterOutcomes: settings.TRAINER_AFTER_OUTCOMES, leastHoursBetween: settings.TRAINER_LEAST_HOURS_BETWEEN },
    ...{ keep: settings.TRAINER_KEEP, partitions: settings.PARTITIONS, processMetrics: true },
    http: {
      ...{ host: settings.TRAINER_HOST, port: settings.TRAINER_PORT },
      ...{ token: settings.TRAINER_TOKEN, withoutToken: settings.TRAINER_WITHOUT_TOKEN },
    },
  });
  steps.unshift({ name: 'trainer', run: () => trainer.stop() });
}

function shelfOf({ REGISTRY_URL: url, REGISTRY_TOKEN: token }: TrainerSettings, directory: string): ReleaseShelf {
  if (url === undefined)
    return new LoneRelease({ releaseId: SHIPPED_RELEASE_ID, directory: shippedReleaseDirectory() });
  const desk = new RegistryClient({ url, token });
  return new RegistryShelf({ desk, directory, token, tokenOrigin: new URL(url).origin });
}

runMain(main);
