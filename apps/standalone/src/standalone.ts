import { createAlerter, type AlerterOptions, type RunningAlerter } from '#alerter';
import { createGateway, type AppAddress, type Gateway } from '#gateway';
import { ReplaySession, type ReplayOptions, type ReplayProgress } from '#replay';
import {
  createScorer,
  type FollowedReleases,
  type RunningScorer,
  type ScoringOptions,
  type WindowScorer,
} from '#scorer';
import { createMetrics, HealthRegistry, type ServiceLogger, type Storage } from '#service';
import { createTrainer, type RunningTrainer, type TrainerOptions } from '#trainer';
import type { Registry } from 'prom-client';

/** What every app is given here, and is not asked for again. */
type Shared = 'log' | 'logger' | 'onFailure' | 'partitions' | 'processMetrics';

/** What the apps of one process are made with. The storage and the model belong to the caller and are not closed here. */
export interface StandaloneOptions {
  readonly storage: Storage;
  readonly model: WindowScorer | FollowedReleases;
  readonly logger: ServiceLogger;
  readonly scoring?: ScoringOptions;
  /** Port of the page on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Folder of the built page. @default the gateway's own */
  readonly dashboardFolder?: string;
  /** How alerts are raised and delivered; nobody is alerted when absent. */
  readonly alerts?: Omit<AlerterOptions, Shared>;
  /** How the stays that end are kept and learned from; not at all when absent. */
  readonly training?: Omit<TrainerOptions, Shared>;
  /** Where the registry of this process answers, for the page about the model. */
  readonly registryUrl?: string;
  /** Partitions of the topics, when they do not exist yet. @default the scorer's own */
  readonly partitions?: number;
  /** Something unexpected happened: stop everything. Called at least once. */
  readonly onFailure: (error: Error) => void;
}

/** Every app at work in one process. */
export interface Standalone {
  /** Where the page is, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly scorer: RunningScorer;
  readonly gateway: Gateway;
  readonly gatewayMetrics: Registry;
  readonly alerter: RunningAlerter | undefined;
  readonly trainer: RunningTrainer | undefined;
  /** Starts a replay on this log; it ends with the apps at the latest. At most one. */
  replay(options: Omit<ReplayOptions, 'log'>): StandaloneReplay;
  /** Stops what writes first: the replay, then the gateway, trainer and alerter, then the scorer, each with a last barrier. */
  stop(): Promise<void>;
}

/** A replay that runs beside the apps. */
export interface StandaloneReplay {
  progress(): ReplayProgress;
  stop(): void;
  /** How far it came in the end; rejects when it could not start or go on. */
  readonly done: Promise<ReplayProgress>;
}

/**
 * Starts the apps on one log and one history: the same code as in processes of their own, joined by the same topics.
 */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { storage, model, logger, onFailure } = options;
  const { log, history } = storage;
  const shared = {
    log,
    logger,
    onFailure,
    ...(options.partitions !== undefined && { partitions: options.partitions }),
  };
  const scorer = await createScorer({
    ...{ ...shared, history, scorer: model },
    ...(options.scoring && { scoring: options.scoring }),
  });
  const alerter = options.alerts && (await createAlerter({ ...options.alerts, ...shared }));
  const trainer = options.training && (await createTrainer({ ...options.training, ...shared }));
  const gatewayMetrics = createMetrics({ service: 'gateway' });
  const gateway = await createGateway({
    ...{ log, history, logger, onFailure, metrics: gatewayMetrics, health: new HealthRegistry() },
    options: {
      port: options.port,
      registry: addressOf(options.registryUrl),
      trainer: addressOf(trainer?.url),
      ...(options.dashboardFolder !== undefined && { dashboardFolder: options.dashboardFolder }),
    },
  });
  const replays = new Replays(log);
  const stop = async (): Promise<void> => {
    await replays.stop();
    await stopAll([() => gateway.close(), () => trainer?.stop(), () => alerter?.stop(), () => scorer.stop()]);
  };
  return { url: gateway.url, scorer, gateway, gatewayMetrics, alerter, trainer, replay: replays.start, stop };
}

function addressOf(url: string | undefined): AppAddress | undefined {
  return url === undefined ? undefined : { url };
}

/** Stops one app after the other, the rest too when one fails; rejects with the first failure. */
async function stopAll(stops: readonly (() => Promise<void> | undefined)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of stops) await Promise.resolve(stop()).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** The replay of this process. */
class Replays {
  private session: ReplaySession | undefined;
  private ended: Promise<unknown> | undefined;

  constructor(private readonly log: Storage['log']) {}

  readonly start = (options: Omit<ReplayOptions, 'log'>): StandaloneReplay => {
    const session = new ReplaySession({ ...options, log: this.log });
    const done = session.run();
    this.session = session;
    this.ended = done.catch(() => undefined);
    return { done, progress: () => session.progress(), stop: () => session.stop() };
  };

  async stop(): Promise<void> {
    this.session?.stop();
    await this.ended;
  }
}
