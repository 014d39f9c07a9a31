import { FileProgressStore, SYSTEM_CLOCK } from '#replay';
import { HOUR_MS } from '#clinical';
import { openWindowScorer } from '#scorer';
import { openStorage, readSettings, ServiceLogger, stopOnSignals } from '#service';
import { join } from 'node:path';
import type { CommandLine } from './command-line.js';
import { expectFreePort } from './loopback-port.js';
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
  await expectFreePort(port);
  if (commandLine.fresh) forgetState(stateFolder);
  const logger = new ServiceLogger({ service: 'standalone', level: settings.LOG_LEVEL });
  const storage = await openStorage({ ...settings, VIGIL_STATE: stateFolder }, logger);
  const model = await openWindowScorer({ threads: settings.SCORER_THREADS, logger });
  let fail = (error: Error): void => {
    throw error;
  };
  const apps = await startStandalone({
    storage,
    model,
    logger,
    port,
    scoring: SCORING,
    onFailure: (error) => fail(error),
  });
  const follower = followProgress(apps, startedMs, console.log);
  const steps = [
    { name: 'progress', run: async () => follower.stop() },
    { name: 'apps', run: () => apps.stop() },
    { name: 'model', run: () => model.close() },
    { name: 'storage', run: () => storage.close() },
  ];
  fail = stopOnSignals({ steps, logger, timeoutMs: STOP_WITHIN_MS });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => console.log(STOPPING));
  const { releaseId, stage, engine } = model.release;
  console.log(
    [
      `Vigil shows its ward at ${apps.url}`,
      `release ${releaseId} (${stage}) on ${engine}; ${storage.words}`,
      'Research software, not a medical device.',
    ].join('\n'),
  );
  if (commandLine.replay) await startReplay(apps, commandLine, stateFolder, (error) => fail(error));
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
