import 'reflect-metadata';
import { MINUTE_MS } from '#clinical';
import { AccessPolicy, assertGuarded, FirstFailure, guardAccess, HealthRegistry, listenOn, NestLogger } from '#service';
import { DirectoryLock } from '#stream';
import { startTrainingSetIntake } from '#training-set';
import { DEFAULT_PARTITIONS, topicLayout, TOPICS } from '#wire';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdir } from 'node:fs/promises';
import { followScores } from '../drift/follow-scores.js';
import type { TrainingDesk } from '../trainings/training-desk.js';
import type { TrainingJournal } from '../trainings/training-journal.js';
import { assembleTrainer, type AssembledTrainer } from './assemble-trainer.js';
import type { TrainerOptions } from './trainer-options.js';
import { TrainerModule } from './trainer.module.js';

/** How often schedule, outcomes, drift and shadows are looked at. */
const LOOK_EVERY_MS = 10_000;
const FLUSH_EVERY_MS = MINUTE_MS;
/** Paths that give out data or take orders. */
const DATA_PATHS = ['/trainings', '/withdrawals', '/drift', '/metrics'];

/** What it reads, and where withdrawals go. */
const TRAINER_TOPICS = [TOPICS.riskScores, TOPICS.stayOutcomes, TOPICS.bedsideEvents];

/** A trainer at work. */
export interface RunningTrainer {
  /** Where it is served; undefined when it is not. */
  readonly url: string | undefined;
  readonly desk: TrainingDesk;
  readonly journal: TrainingJournal;
  /** Looks at schedule, outcomes, drift and shadows now, as it does by itself every ten seconds. */
  look(): Promise<void>;
  /** When it resolves, all that was read so far is counted, durable and committed. */
  flush(): Promise<void>;
  /** Stops the training's process, which the next start takes up again, and leaves the log. */
  stop(): Promise<void>;
}

/**
 * Starts a trainer: the training set follows `stay-outcomes`, drift follows `risk-scores`, trainings start when they are due or asked for.
 *
 * @throws EventLogError when another process has the folder; PolicyError, JournalError, TrainingSetError or SettingsError that says what to put right
 */
export async function createTrainer(options: TrainerOptions): Promise<RunningTrainer> {
  const { http } = options;
  if (http !== undefined) assertGuarded('TRAINER', { withoutToken: false, ...http });
  await mkdir(options.directory, { recursive: true });
  const lock = DirectoryLock.acquire(options.directory);
  try {
    return await startTrainer(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startTrainer(options: TrainerOptions, lock: DirectoryLock): Promise<RunningTrainer> {
  const { log, logger, http, nowMs = Date.now, every = everyInterval, partitions = DEFAULT_PARTITIONS } = options;
  const failure = new FirstFailure(options.onFailure);
  await log.ensureTopics(TRAINER_TOPICS.map((topic) => topicLayout(topic, partitions)));
  const assembled = await assembleTrainer(options, failure.report);
  const { desk, journal, stays, drift, triggers, shadows } = assembled;
  await drift.follow();
  const intake = await startTrainingSetIntake({
    ...{ log, set: stays, partitions, onFailure: failure.report },
    onChanged: (changed) => logger.info('the training set has changed', { changed }),
    onProblem: ({ topic, partition, offset }, problem) =>
      logger.warn('an outcome cannot be read', { topic, partition, offset: String(offset), problem }),
  });
  const scores = await followScores({
    ...{ log, group: 'vigil-trainer-drift', onFailure: failure.report },
    take: (records) => drift.take(records),
    save: () => drift.save(),
  });
  await desk.resume();
  const look = async (): Promise<void> => {
    await drift.follow();
    await triggers.tick(nowMs());
    await shadows.tick(nowMs());
  };
  const app = await serve(assembled, options, failure);
  const timers = [
    every(LOOK_EVERY_MS, () => void look().catch(failure.report)),
    every(FLUSH_EVERY_MS, () => void scores.flush().catch(failure.report)),
  ];
  return {
    ...{ desk, journal, look, url: http === undefined ? undefined : await app.getUrl() },
    flush: () => intake.flush().then(() => scores.flush()),
    stop: async () => {
      for (const stopTimer of timers) stopTimer();
      // first of all, since the process of a training may have been asked to stop, too, and shall not be started anew
      await desk.stop();
      await app.close();
      await scores.stop();
      await intake.stop();
      await stays.close();
      lock.release();
    },
  };
}

async function serve(
  parts: AssembledTrainer,
  { http, logger, health = new HealthRegistry() }: TrainerOptions,
  failure: FirstFailure,
): Promise<INestApplication> {
  failure.watch(health, 'trainer');
  const app = await NestFactory.create(TrainerModule.register(parts, { logger, health, metrics: parts.metrics }), {
    ...{ logger: new NestLogger(logger), abortOnError: false },
  });
  if (http === undefined) return app.init();
  const access = new AccessPolicy({ host: http.host, allowedOrigins: [], token: http.token, settings: 'TRAINER' });
  app.use(guardAccess(access, DATA_PATHS));
  logger.info('trainer started', { url: await listenOn(app, http.port, http.host) });
  return app;
}

function everyInterval(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms);
  timer.unref();
  return () => clearInterval(timer);
}
