import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { shippedReleaseDirectory } from '#model';
import { ReleaseRegistry, type RegistryErrorCode, type ReleaseDesk } from '#registry';
import {
  AccessPolicy,
  assertGuarded,
  createMetrics,
  guardAccess,
  listenOn,
  HealthRegistry,
  isLoopback,
  NestLogger,
  ProblemFilter,
} from '#service';
import type { ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import express from 'express';
import type { Registry } from 'prom-client';
import { answerOfRegistryError } from './http/answer-of-registry-error.js';
import { RegistryView } from './http/registry-view.js';
import { PublishedDesk } from './published-desk.js';
import { RegistryMetrics } from './registry-metrics.js';
import { RegistryModule } from './registry.module.js';
import { ReleasePublisher } from './release-publisher.js';
import { applyRetention, DEFAULT_RETENTION, type RetentionOptions } from './retention.js';

/** Where a registry listens and who may ask. */
export interface RegistryHttp {
  /** Anything but loopback needs a token. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly token?: string | undefined;
  /** @default false */
  readonly withoutToken?: boolean;
  /** @default [] */
  readonly allowedOrigins?: readonly string[];
  /** URL under which scorers reach it. @default the one that it listens on */
  readonly publicUrl?: string | undefined;
}

/** What a registry is made with. The log belongs to the caller and is not closed here. */
export interface RegistryOptions {
  readonly log: EventLog;
  readonly logger: ServiceLogger;
  /** Folder of the store. */
  readonly directory: string;
  readonly http: RegistryHttp;
  /** Where scorers are told to find bundles: over HTTP, or in the store's folder, which they share then. @default 'http' */
  readonly location?: 'http' | 'folder';
  /** Champion of an empty store; undefined for none. @default the release that comes with Vigil */
  readonly firstRelease?: string | undefined;
  /** Whether releases that the store does not hold may be removed from the topic. @default false */
  readonly replaceTopic?: boolean;
  /** @default 90 days, and the last 5 champions */
  readonly retention?: RetentionOptions;
  /** Calls back after so many milliseconds, again and again, until the returned function is called. @default setInterval */
  readonly every?: (ms: number, call: () => void) => () => void;
  /** Epoch milliseconds. @default Date.now */
  readonly clock?: () => number;
  /** Gather the process's own metrics too; once a process. @default false */
  readonly processMetrics?: boolean;
  /** Something unexpected happened; the process should stop and start again. */
  readonly onFailure: (error: Error) => void;
}

/** A registry at work. */
export interface RunningRegistry {
  readonly url: string;
  /** For who lives in the same process; its decisions are published like those that come over HTTP. */
  readonly desk: ReleaseDesk;
  readonly metrics: Registry;
  /** Stops listening and lets the store go. */
  stop(): Promise<void>;
}

/** Paths that give out data or take orders; health gives out none. */
const GUARDED_PATHS = ['/releases', '/rollback', '/decisions', '/evidence', '/metrics'];
const DAY_MS = 86_400_000;
/** Evidence of 8 MiB and its wrapping. */
const MAX_JSON = '9mb';
const CODES: Readonly<Record<number, RegistryErrorCode>> = { 413: 'too-large' };
const SURPRISE = { code: 'unavailable', message: 'the registry failed; its log says why' };

/**
 * Starts a registry: opens the store, listens, makes the first release champion when the store is empty, and publishes what is not on
 * the log.
 *
 * @throws SettingsError beyond loopback without a token; RegistryError when the store is in use or damaged or the topic is another
 * store's; the system's error when the port is taken
 */
export async function createRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const { http, logger, directory, onFailure } = options;
  assertGuarded('REGISTRY', { ...http, withoutToken: http.withoutToken ?? false });
  let url = http.publicUrl;
  const registry = await ReleaseRegistry.open({
    ...{ directory, onNotice: (sentence) => logger.warn(sentence) },
    ...(options.clock && { clock: options.clock }),
    ...(options.location !== 'folder' && {
      locationOf: ({ releaseId }: { releaseId: string }) => `${(url ?? '').replace(/\/$/, '')}/releases/${releaseId}`,
    }),
  });
  let app: NestExpressApplication | undefined;
  try {
    const publisher = new ReleasePublisher(options.log, registry);
    await publisher.load(options.replaceTopic ?? false);
    const health = new HealthRegistry();
    const metrics = createMetrics({ service: 'registry', processMetrics: options.processMetrics ?? false });
    const counters = new RegistryMetrics(metrics, registry);
    const published = new PublishState(health);
    const onUnpublished = (error: Error): void => {
      published.is(false);
      onFailure(error);
    };
    const desk = new PublishedDesk(registry, publisher, { onRefused: (code) => counters.refused(code), onUnpublished });
    const view = new RegistryView(registry, desk, isLoopback(http.host));
    app = await listen(view, http, { logger, metrics, health });
    const listening = await app.getUrl();
    url ??= listening;
    await takeFirstRelease(registry, options);
    const { retention = DEFAULT_RETENTION, clock = Date.now, every = everyInterval } = options;
    const publish = (): Promise<void> => publisher.publish();
    const retain = (): Promise<void> => applyRetention({ ...retention, registry, publish, logger, clock });
    await publish();
    await retain();
    published.is(true);
    const stopTimer = every(DAY_MS, () => void retain().catch(onUnpublished));
    logger.info('registry started', { url: listening, champion: registry.champion()?.releaseId });
    const opened = app;
    const stop = async (): Promise<void> => {
      stopTimer();
      await opened.close().finally(() => registry.close());
    };
    return { url: listening, desk, metrics, stop };
  } catch (error) {
    await app?.close();
    await registry.close();
    throw error;
  }
}

/** Who and why of the first release. */
const FIRST = { by: 'registry', why: 'the store was empty: the release that comes with Vigil' };

/** The release that comes with Vigil becomes champion of an empty store, so that something scores. */
async function takeFirstRelease(registry: ReleaseRegistry, options: RegistryOptions): Promise<void> {
  const first = 'firstRelease' in options ? options.firstRelease : shippedReleaseDirectory();
  const untouched = registry.champion() === undefined && registry.decisions().every(({ by }) => by === FIRST.by);
  if (first === undefined || !untouched) return;
  const { releaseId } = await registry.add(first, FIRST);
  await registry.promote(releaseId, { ...FIRST, force: true });
}

function everyInterval(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms);
  timer.unref();
  return () => clearInterval(timer);
}

async function listen(
  view: RegistryView,
  http: RegistryHttp,
  parts: { logger: ServiceLogger; metrics: Registry; health: HealthRegistry },
): Promise<NestExpressApplication> {
  const { host, port, token, allowedOrigins = [] } = http;
  const { logger } = parts;
  const app = await NestFactory.create<NestExpressApplication>(RegistryModule.register(view, parts), {
    ...{ logger: new NestLogger(logger), abortOnError: false, bodyParser: false },
  });
  app.disable('x-powered-by');
  app.useGlobalFilters(
    new ProblemFilter({ ...{ logger, surprise: SURPRISE, codes: CODES }, answerOf: answerOfRegistryError(logger) }),
  );
  const access = new AccessPolicy({ host, allowedOrigins, token, settings: 'REGISTRY' });
  app.use(guardAccess(access, GUARDED_PATHS), express.json({ limit: MAX_JSON }));
  await listenOn(app, port, host);
  return app;
}

/** Whether the log has what the journal has, as a check of readiness. */
class PublishState {
  private published = false;

  constructor(health: HealthRegistry) {
    health.register('ready', 'published', () =>
      this.published ? { healthy: true } : { healthy: false, detail: 'the log does not have every decision yet' },
    );
  }

  is(published: boolean): void {
    this.published = published;
  }
}
