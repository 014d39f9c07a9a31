import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { HistoryStore } from '#history';
import {
  createMetrics,
  EventLogServer,
  FirstFailure,
  HealthRegistry,
  listenOn,
  NestLogger,
  type ServiceLogger,
} from '#service';
import type { EventLog } from '#stream';
import { DEFAULT_PARTITIONS } from '#wire';
import { UnavailableScorer } from './inference/unavailable-scorer.js';
import { WindowScorer } from './inference/window-scorer.js';
import type { ScorerTally } from './pipeline/event-tally.js';
import type { ScoringOptions } from './pipeline/scoring-options.js';
import { ScoringPipeline } from './pipeline/scoring-pipeline.js';
import { FixedRelease } from './releases/fixed-release.js';
import { FollowedReleases } from './releases/followed-releases.js';
import { watchReleases } from './releases/release-metrics.js';
import type { ReleaseStatus } from './releases/release-status.js';
import type { ShadowTally } from './releases/shadow-lane.js';
import { ensureScorerTopics } from './scorer-topics.js';
import { ScorerModule } from './scorer.module.js';

/** What a scorer is made with. It closes none of the ports that it is given. */
export interface ScorerOptions {
  readonly log: EventLog;
  readonly history: HistoryStore;
  /** One release for good, or those that `model-releases` assigns. Closed by the caller, after the scorer has stopped. */
  readonly scorer: WindowScorer | FollowedReleases;
  readonly logger: ServiceLogger;
  /** How it decides and what it may hold. */
  readonly scoring?: ScoringOptions;
  /** @default 'vigil-scorer' */
  readonly group?: string;
  /** Partitions of the topics, when they do not exist yet. @default 12 */
  readonly partitions?: number;
  /**
   * Longest time between two barriers, milliseconds. After a crash at most that much is read again.
   * @default 60_000
   */
  readonly flushEveryMs?: number;
  /** Where health, metrics and the tally are served; nowhere when absent. Port 0 takes a free one. */
  readonly http?: { readonly host: string; readonly port: number };
  /** Gather the process's own metrics too; once a process. @default false */
  readonly processMetrics?: boolean;
  /** Something unexpected happened; the process should stop and start again. Called once. */
  readonly onFailure: (error: Error) => void;
}

/** A scorer at work. */
export interface RunningScorer {
  /** Where health, metrics and the tally are served; undefined when they are not. */
  readonly url: string | undefined;
  tally(): ScorerTally;
  /** What became of the windows of shadows. */
  shadows(): ShadowTally;
  /** Which release scores, which should, and why one does not. */
  releases(): ReleaseStatus;
  /** Runs the barrier: when it resolves, everything read so far is published, saved and committed. */
  flush(): Promise<void>;
  /** Resolves when nothing that was delivered waits to be scored. */
  idle(): Promise<void>;
  /** Stops reading, runs the barrier a last time and leaves the group. */
  stop(): Promise<void>;
}

/** Starts a scorer on the ports it is given: the whole app, for its own process and for one that runs all apps. */
export async function createScorer(options: ScorerOptions): Promise<RunningScorer> {
  const { log, scorer, logger } = options;
  await ensureScorerTopics(log, options.partitions ?? DEFAULT_PARTITIONS);
  const metrics = createMetrics({ service: 'scorer', processMetrics: options.processMetrics ?? false });
  const failure = new FirstFailure(options.onFailure);
  const releases = scorer instanceof WindowScorer ? new FixedRelease(scorer) : scorer;
  const { served } = releases;
  const parts = {
    ...options,
    served,
    metrics,
    wait: delay as (ms: number) => Promise<void>,
    onFailure: failure.report,
  };
  const pipeline = new ScoringPipeline(parts, options.scoring);
  const health = healthOf(failure, releases);
  watchReleases(metrics, () => releases.status());
  const app = await NestFactory.create(ScorerModule.register(pipeline, releases, { logger, metrics, health }), {
    logger: new NestLogger(logger),
  });
  const group = options.group ?? 'vigil-scorer';
  app.connectMicroservice({
    strategy: new EventLogServer({ log, group, onFailure: failure.report }),
  });
  await app.startAllMicroservices();
  if (releases instanceof FollowedReleases) await releases.follow(failure.report);
  const url = await listen(app, options.http);
  const { releaseId, stage, engine } = served.live.scorer.release;
  logger.info('scorer started', { releaseId, stage, engine, lanes: served.live.scorer.lanes, url });
  const timer = setInterval(() => void pipeline.flush().catch(failure.report), options.flushEveryMs ?? 60_000);
  timer.unref();
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await pipeline.stop().finally(() => app.close());
  };
  return {
    url,
    tally: () => pipeline.read(),
    shadows: () => pipeline.readShadows(),
    releases: () => releases.status(),
    flush: () => pipeline.flush(),
    idle: () => pipeline.idle(),
    stop,
  };
}

function healthOf(failure: FirstFailure, releases: FixedRelease | FollowedReleases): HealthRegistry {
  const health = new HealthRegistry();
  failure.watch(health, 'pipeline');
  health.register('ready', 'model', () => {
    const { scorer } = releases.served.live;
    const out = releases.status().alarms.map(({ releaseId, reason }) => `${releaseId} stays out: ${reason}`);
    return scorer instanceof UnavailableScorer
      ? { healthy: false, detail: [scorer.reason, ...out].join('; ') }
      : { healthy: true, detail: [scorer.release.releaseId, ...out].join('; ') };
  });
  return health;
}

async function listen(app: INestApplication, http: ScorerOptions['http']): Promise<string | undefined> {
  if (!http) {
    await app.init();
    return undefined;
  }
  return listenOn(app, http.port, http.host);
}
