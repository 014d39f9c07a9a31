import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AlertPolicy } from '#alerting';
import {
  AccessPolicy,
  assertGuarded,
  createMetrics,
  EventLogServer,
  FirstFailure,
  guardAccess,
  listenOn,
  HealthRegistry,
  NestLogger,
  type ServiceLogger,
} from '#service';
import type { EventLog } from '#stream';
import type { Registry } from 'prom-client';
import { DEFAULT_PARTITIONS } from '#wire';
import { AlerterModule } from './alerter.module.js';
import { ensureAlerterTopics } from './alerter-topics.js';
import { AlertDesk } from './http/alert-desk.js';
import { AlertClock, type AlertClockOptions } from './pipeline/alert-clock.js';
import type { AlerterCounts } from './pipeline/alerter-tally.js';
import { AlertingPipeline } from './pipeline/alerting-pipeline.js';

/** Paths that give out data or take orders. */
const DATA_PATHS = ['/alerts', '/deliveries', '/tally', '/metrics'];

/** What runs beside the alerter in its process, such as the delivery of alerts. */
export interface AlerterCompanion {
  /** Its controllers, served and guarded with the alerter's own. */
  readonly module?: DynamicModule;
  close(): Promise<void>;
}

/** What a companion is started with. The topics exist already. */
export interface CompanionParts {
  readonly log: EventLog;
  readonly logger: ServiceLogger;
  readonly metrics: Registry;
  readonly onFailure: (error: Error) => void;
}

/** What an alerter is made with. It does not close the log. */
export interface AlerterOptions {
  readonly log: EventLog;
  readonly policy: AlertPolicy;
  readonly logger: ServiceLogger;
  /** Whose time counts; see `AlertClock`. */
  readonly clock?: AlertClockOptions;
  /** @default 'vigil-alerter' */
  readonly group?: string;
  /** Partitions of the topics, when they do not exist yet. @default 12 */
  readonly partitions?: number;
  /** Longest time between two barriers, milliseconds. After a crash at most that much is read again. @default 60_000 */
  readonly flushEveryMs?: number;
  /** Time between two ticks, milliseconds: how late an escalation can come. @default 1_000 */
  readonly tickEveryMs?: number;
  /** Longest time that a request waits for its command's end, milliseconds. @default 2_000 */
  readonly answerWithinMs?: number;
  /** Where `/alerts`, health and metrics are served; nowhere when absent. Port 0 takes a free one. Beyond loopback a token is needed. */
  readonly http?: { readonly host: string; readonly port: number; readonly token?: string | undefined };
  /** Gather the process's own metrics too; once a process. @default false */
  readonly processMetrics?: boolean;
  /** Starts what delivers the alerts. */
  readonly companion?: (parts: CompanionParts) => Promise<AlerterCompanion>;
  /** Something unexpected happened; the process should stop and start again. Called once. */
  readonly onFailure: (error: Error) => void;
}

/** An alerter at work. */
export interface RunningAlerter {
  /** Where `/alerts`, health and metrics are served; undefined when they are not. */
  readonly url: string | undefined;
  /** Open alerts and what people ask of them, without HTTP. */
  readonly desk: AlertDesk;
  tally(): AlerterCounts;
  /** Moves time on now; it also happens by itself. */
  tick(): Promise<void>;
  /** Runs the barrier: when it resolves, everything read so far is published, saved and committed. */
  flush(): Promise<void>;
  /** Resolves when no batch and no tick is in hand. */
  idle(): Promise<void>;
  /** Stops reading, runs the barrier a last time and leaves the group. */
  stop(): Promise<void>;
}

/** Starts an alerter on the log it is given: the whole app, for its own process and for one that runs all apps. */
export async function createAlerter(options: AlerterOptions): Promise<RunningAlerter> {
  const { log, policy, logger, http } = options;
  if (http) assertGuarded('ALERTER', http);
  await ensureAlerterTopics(log, options.partitions ?? DEFAULT_PARTITIONS);
  const metrics = createMetrics({ service: 'alerter', processMetrics: options.processMetrics ?? false });
  const failure = new FirstFailure(options.onFailure);
  const parts = { log, logger, metrics, onFailure: failure.report };
  const clock = new AlertClock(options.clock);
  const pipeline = new AlertingPipeline({ ...parts, policy, clock });
  const answerWithinMs = options.answerWithinMs ?? 2_000;
  const desk = new AlertDesk({
    ...{ log, pipeline, now: clock.now },
    timeout: () => delay(answerWithinMs, undefined, { ref: false }),
  });
  const companion = await options.companion?.(parts);
  const modules = companion?.module ? [companion.module] : [];
  const service = { logger, metrics, health: new HealthRegistry() };
  failure.watch(service.health, 'pipeline');
  const app = await NestFactory.create<NestExpressApplication>(
    AlerterModule.register(pipeline, desk, service, modules),
    { logger: new NestLogger(logger), abortOnError: false },
  );
  app.disable('x-powered-by');
  if (http) app.use(guardAccess(new AccessPolicy({ ...http, allowedOrigins: [], settings: 'ALERTER' }), DATA_PATHS));
  const group = options.group ?? 'vigil-alerter';
  app.connectMicroservice({ strategy: new EventLogServer({ log, group, onFailure: failure.report }) });
  await app.startAllMicroservices();
  const url = await listen(app, http);
  logger.info('alerter started', { policy: policy.version, clock: clock.rule, url });
  const timers = [
    setInterval(() => void pipeline.tick(), options.tickEveryMs ?? 1_000),
    setInterval(() => void pipeline.flush().catch(failure.report), options.flushEveryMs ?? 60_000),
  ];
  for (const timer of timers) timer.unref();
  const stop = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    await pipeline.stop().finally(() => app.close());
    await companion?.close();
  };
  return {
    ...{ url, desk, stop, tally: () => pipeline.read() },
    ...{ tick: () => pipeline.tick(), flush: () => pipeline.flush(), idle: () => pipeline.idle() },
  };
}

async function listen(app: NestExpressApplication, http: AlerterOptions['http']): Promise<string | undefined> {
  if (!http) {
    await app.init();
    return undefined;
  }
  return listenOn(app, http.port, http.host);
}
