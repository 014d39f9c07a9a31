import { FileProgressStore, SYSTEM_CLOCK } from '#replay';
import { HOUR_MS } from '#clinical';
import { createRegistry, type RunningRegistry } from '#registry-app';
import { FollowedReleases } from '#scorer';
import { openStorage, readSettings, ServiceLogger, stopOnSignals, type ShutdownStep } from '#service';
import { join } from 'node:path';
import { appPorts } from './app-ports.js';
import type { CommandLine } from './command-line.js';
import { expectFreePort } from './loopback-port.js';
import { alertsOf, trainingOf } from './open-apps.js';
import { followProgress } from './progress-lines.js';
import { replaySource } from './replay-source.js';
import { startStandalone, type Standalone } from './standalone.js';
import { STANDALONE_SETTINGS } from './standalone-settings.js';
import { forgetState } from './state-folder.js';

/** Two dozen windows for each bed of the shipped ward: the fast-forward fills the trends, and a slow machine is still current soon. */
const SCORING = { queueWindows: 288 } as const;

const STOP_WITHIN_MS = 30_000;
const STOPPING = 'stopping: finishing the windows in hand and saving the state (again: at once)';

/**
 * `npm start`: opens the storage, starts every app, replays a ward, and stops on SIGINT or SIGTERM. Resolves when all of it runs.
 *
 * @throws for whatever keeps it from starting; the message says what to do
 */
export async function runStandalone(commandLine: CommandLine, environment: NodeJS.ProcessEnv): Promise<void> {
  const startedMs = performance.now();
  const settings = readSettings(STANDALONE_SETTINGS, environment);
  const port = commandLine.port ?? settings.PORT;
  const stateFolder = commandLine.state ?? settings.VIGIL_STATE;
  const ports = appPorts(port);
  for (const one of [port, ...Object.values(ports)]) await expectFreePort(one, port);
  if (commandLine.fresh) forgetState(stateFolder);
  const logger = new ServiceLogger({ service: 'standalone', level: settings.LOG_LEVEL });
  const steps: ShutdownStep[] = [];
  const fail = stopOnSignals({ steps, logger, timeoutMs: STOP_WITHIN_MS });
  const opened = <T>(name: string, run: () => Promise<void> | void, part: T): T => {
    steps.unshift({ name, run: async () => run() });
    return part;
  };
  const storage = await openStorage({ ...settings, VIGIL_STATE: stateFolder }, logger);
  opened('storage', () => storage.close(), storage);
  const shared = { log: storage.log, logger };
  const registry = await createRegistry({
    ...{ ...shared, onFailure: fail, directory: join(stateFolder, 'registry'), location: 'folder' },
    http: { host: '127.0.0.1', port: ports.registry },
  });
  opened('registry', () => registry.stop(), registry);
  const model = await FollowedReleases.open({
    ...{ ...shared, cacheDirectory: join(stateFolder, 'release-cache'), threads: settings.SCORER_THREADS },
  });
  opened('model', () => model.close(), model);
  const apps = await startStandalone({
    ...{ storage, model, logger, port, scoring: SCORING, registryUrl: registry.url, onFailure: fail },
    alerts: await alertsOf(settings, stateFolder, commandLine.replay, ports),
    training: await trainingOf(settings, stateFolder, registry, ports),
  });
  opened('apps', () => apps.stop(), apps);
  const follower = followProgress(apps, startedMs, console.log);
  opened('progress', () => follower.stop(), follower);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => console.log(STOPPING));
  console.log(greeting(apps, registry, storage.words));
  if (commandLine.replay) await startReplay(apps, commandLine, stateFolder, fail);
}

/** Where everything is, once it runs. */
function greeting(apps: Standalone, registry: RunningRegistry, storageWords: string): string {
  const { releaseId, stage, engine } = apps.scorer.releases().live;
  return [
    `Vigil shows its ward at ${apps.url}`,
    `release ${releaseId} (${stage}) on ${engine}; ${storageWords}`,
    `alerts ${apps.alerter?.url}/alerts, releases ${registry.url}/releases, trainings ${apps.trainer?.url}/trainings`,
    'Research software, not a medical device.',
  ].join('\n');
}

/** Starts the replay beside the apps; when it cannot go on, everything stops with its reason. */
async function startReplay(
  apps: Standalone,
  commandLine: CommandLine,
  stateFolder: string,
  fail: (error: Error) => void,
): Promise<void> {
  const { source, words } = replaySource(commandLine);
  const replay = apps.replay({
    source,
    clock: SYSTEM_CLOCK,
    progressStore: new FileProgressStore(join(stateFolder, 'replay.json')),
    speed: commandLine.speed,
    fastForwardMs: commandLine.fastForwardHours * HOUR_MS,
    resume: true,
  });
  console.log(`replaying ${words}`);
  replay.done.then(
    ({ state }) => {
      if (state === 'finished') console.log('the replay is over; npm start -- --fresh begins it anew');
    },
    (error: Error) => {
      console.error(`vigil: ${error.message}`);
      fail(error);
    },
  );
}
