import { HOUR_MS, MINUTE_MS } from '#clinical';
import { loadPolicy } from '#alerter';
import { createRegistry } from '#registry-app';
import { MemoryProgressStore, SYSTEM_CLOCK, type StaySource } from '#replay';
import { FollowedReleases } from '#scorer';
import { openStorage, ServiceLogger, type Storage } from '#service';
import { startStandalone, type Standalone, type StandaloneReplay } from '#standalone';
import { RegistryShelf } from '#trainer';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Every app on one embedded log, with the shipped release as first champion. */
export interface WholeWard extends AsyncDisposable {
  readonly apps: Standalone;
  readonly storage: Storage;
  readonly registryUrl: string;
  /** Moves the trainer's clock on, past a shadow's time for example. */
  aheadMs: number;
  readonly failures: readonly Error[];
  replay(source: StaySource, anchorMs: number, speed?: number): StandaloneReplay;
}

/** A gate that a candidate of a single epoch on thirty stays can pass: it shows the way, not what a hospital should ask for. */
const GATE = {
  policy: 'ward-of-fifty',
  heldOut: {
    ...{ share: 0.3, leastStays: 8, leastDeaths: 2, mostStays: 40, scoreEveryHours: 12, upToHours: 48 },
    ...{ judgedAtHours: [24, 48], deathsCaught: 0.8, resamples: 100 },
  },
  groups: { by: ['sex'], leastStays: 1000, leastDeaths: 1000 },
  calibration: [],
  margins: [{ figure: 'auroc', within: 'all', margin: 0.5 }],
  gains: [],
  passing: { shadowShare: 1, shadowHours: 1, promote: true },
};

/** Little to learn, quickly. */
const TRAIN =
  '--pretrain-epochs 0 --epochs 1 --teacher-share 0 --random-ends 0 --risk-epochs 1 --batch-size 16 --learning-rate 0.0001';

/** Between two admissions: stays that all end at once cannot be parted by time. */
const STAGGER_MS = 10 * MINUTE_MS;

/** Outcomes that start a training. */
const AFTER_OUTCOMES = 40;

/** Starts all apps on a new state in `folder`. */
export async function wholeWard(folder: string): Promise<WholeWard> {
  const logger = new ServiceLogger({ service: 'ward', level: 'silent' });
  const failures: Error[] = [];
  const onFailure = (error: Error): void => void failures.push(error);
  const gatePolicy = join(folder, 'gate.json');
  await writeFile(gatePolicy, JSON.stringify(GATE));
  const storage = await openStorage({ VIGIL_STATE: join(folder, 'state') });
  const { log } = storage;
  const http = { host: '127.0.0.1', port: 0 };
  const registry = await createRegistry({
    ...{ log, logger, onFailure, http, directory: join(folder, 'registry'), location: 'folder' },
  });
  const model = await FollowedReleases.open({ log, logger, cacheDirectory: join(folder, 'cache') });
  const clock = { aheadMs: 0 };
  const apps = await startStandalone({
    ...{ storage, model, logger, onFailure, port: 0, partitions: 4 },
    scoring: { overload: 'wait', scoreEveryMs: 2 * HOUR_MS },
    alerts: { policy: await loadPolicy(), clock: { rule: 'log' }, tickEveryMs: 100, http },
    training: {
      ...{ gatePolicy, http, afterOutcomes: AFTER_OUTCOMES, trainWords: TRAIN.split(' ') },
      directory: join(folder, 'trainer'),
      shelf: new RegistryShelf({ desk: registry.desk, directory: join(folder, 'trainer', 'bundles') }),
      nowMs: () => Date.now() + clock.aheadMs,
    },
  });
  return Object.assign(clock, {
    ...{ apps, storage, failures, registryUrl: registry.url },
    replay: (source: StaySource, anchorMs: number, speed = Infinity) =>
      apps.replay({
        ...{ source, anchorMs, speed, clock: SYSTEM_CLOCK, progressStore: new MemoryProgressStore() },
        ...{ maxBatchEvents: 200, staggerMs: STAGGER_MS },
      }),
    [Symbol.asyncDispose]: async () => {
      await apps.stop();
      await model.close();
      await registry.stop();
      await storage.close();
    },
  });
}
