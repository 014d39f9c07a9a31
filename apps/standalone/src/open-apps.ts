import { deliverAlerts, loadPolicy, readSinkFile, type AlerterOptions } from '#alerter';
import { RegistryShelf, trainWordsOf, type TrainerOptions } from '#trainer';
import type { RunningRegistry } from '#registry-app';
import { join } from 'node:path';
import type { AppPorts } from './app-ports.js';
import type { StandaloneOptions } from './standalone.js';
import type { StandaloneSettings } from './standalone-settings.js';

const HOST = '127.0.0.1';

/** What the alerter needs besides the log. A replay's time is that of its records, a live ward's the wall clock's. */
export async function alertsOf(
  settings: StandaloneSettings,
  stateFolder: string,
  isReplay: boolean,
  ports: AppPorts,
): Promise<NonNullable<StandaloneOptions['alerts']>> {
  const { ALERTER_POLICY, ALERTER_SINKS } = settings;
  const surroundings = {
    environment: process.env,
    nowMs: Date.now,
    write: (line: string, written: (error?: Error | null) => void) => process.stdout.write(line, written),
  };
  const sinks = ALERTER_SINKS === undefined ? [] : await readSinkFile(ALERTER_SINKS, surroundings);
  const clock: AlerterOptions['clock'] = { rule: isReplay ? 'log' : 'wall' };
  return {
    ...{ policy: await loadPolicy(ALERTER_POLICY), clock },
    companion: deliverAlerts({ sinks, folder: join(stateFolder, 'alert-delivery') }),
    http: { host: HOST, port: ports.alerter },
  };
}

/** What the trainer needs besides the log: it offers its candidates to the registry of the same process. */
export async function trainingOf(
  settings: StandaloneSettings,
  stateFolder: string,
  registry: RunningRegistry,
  ports: AppPorts,
): Promise<NonNullable<StandaloneOptions['training']>> {
  const directory = join(stateFolder, 'trainer');
  const options: Pick<TrainerOptions, 'schedule' | 'afterOutcomes'> = {
    ...{ schedule: settings.TRAINER_SCHEDULE, afterOutcomes: settings.TRAINER_AFTER_OUTCOMES },
  };
  return {
    ...options,
    directory,
    trainWords: await trainWordsOf(settings.TRAINER_OPTIONS),
    shelf: new RegistryShelf({ desk: registry.desk, directory: join(directory, 'bundles') }),
    http: { host: HOST, port: ports.trainer },
  };
}
