import { createGateway, type Gateway } from '#gateway';
import { ReplaySession, type ReplayOptions, type ReplayProgress } from '#replay';
import { createScorer, type RunningScorer, type ScoringOptions, type WindowScorer } from '#scorer';
import { createMetrics, HealthRegistry, type ServiceLogger, type Storage } from '#service';
import type { Registry } from 'prom-client';

/** What the apps of one process are made with. The storage and the model belong to the caller and are not closed here. */
export interface StandaloneOptions {
  readonly storage: Storage;
  readonly model: WindowScorer;
  readonly logger: ServiceLogger;
  readonly scoring?: ScoringOptions;
  /** Port of the page on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Folder of the built page. @default the gateway's own */
  readonly dashboardFolder?: string;
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
  /** Starts a replay on this log; it ends with the apps at the latest. At most one. */
  replay(options: Omit<ReplayOptions, 'log'>): StandaloneReplay;
  /** Stops what writes first: the replay, then the gateway, then the scorer with a last barrier. */
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
 * Starts the scorer and the gateway on one log and one history: the same code as in processes of their own, joined by the same
 * topics.
 */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { storage, model, logger, onFailure } = options;
  const { log, history } = storage;
  const scorer = await createScorer({
    ...{ log, history, scorer: model, logger, onFailure, processMetrics: false },
    ...(options.scoring && { scoring: options.scoring }),
    ...(options.partitions !== undefined && { partitions: options.partitions }),
  });
  const gatewayMetrics = createMetrics({ service: 'gateway' });
  const gateway = await createGateway({
    ...{ log, history, logger, onFailure, metrics: gatewayMetrics, health: new HealthRegistry() },
    options: {
      port: options.port,
      ...(options.dashboardFolder !== undefined && { dashboardFolder: options.dashboardFolder }),
    },
  });
  let session: ReplaySession | undefined;
  let replayed: Promise<unknown> | undefined;
  const replay = (replayOptions: Omit<ReplayOptions, 'log'>): StandaloneReplay => {
    const started = new ReplaySession({ ...replayOptions, log });
    const done = started.run();
    session = started;
    replayed = done.catch(() => undefined);
    return { done, progress: () => started.progress(), stop: () => started.stop() };
  };
  const stop = async (): Promise<void> => {
    session?.stop();
    await replayed;
    try {
      await gateway.close();
    } finally {
      await scorer.stop();
    }
  };
  return { url: gateway.url, scorer, gateway, gatewayMetrics, replay, stop };
}
