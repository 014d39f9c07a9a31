import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { HistoryStore } from '#history';
import {
  AccessPolicy,
  assertGuarded,
  guardAccess,
  listenOn,
  NestLogger,
  ProblemFilter,
  type ServiceParts,
} from '#service';
import type { EventLog } from '#stream';
import type { HttpProblem } from '#wire';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { AlertOrders } from './alerts/alert-orders.js';
import { SystemClock, type GatewayClock } from './clock.js';
import type { GatewayOptions } from './gateway-options.js';
import { GatewayRuntime } from './gateway-runtime.js';
import { GatewayModule } from './gateway.module.js';
import { guardCommands } from './http/guard-commands.js';
import { securityHeaders } from './http/security-headers.js';
import { serveDashboard } from './http/serve-dashboard.js';
import { LiveServer } from './live/live-server.js';
import { ModelBoard } from './model/model-board.js';

/** What a gateway is made with. The log and the history belong to the caller and are not closed here; their topics exist already. */
export interface GatewayParts extends ServiceParts {
  readonly log: EventLog;
  readonly history: HistoryStore;
  readonly options?: GatewayOptions;
  /** @default the computer's own */
  readonly clock?: GatewayClock;
  /** Of this start, unique. @default a random one */
  readonly epoch?: string;
  /** The log can no longer be read: the process should stop. */
  readonly onFailure: (error: Error) => void;
}

/** Paths that give out data. The page itself, health and readiness give out none and need no token. */
const DATA_PATHS = ['/api', '/metrics'];
const CODES: Readonly<Record<number, HttpProblem['code']>> = { 404: 'not-found' };
const SURPRISE: HttpProblem = { code: 'internal', message: 'the gateway failed; its log says why' };

/** A running gateway. */
export interface Gateway {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Resolves when everything on the log has been taken in and new records are followed; rejects as `onFailure` is called. */
  readonly caughtUp: Promise<void>;
  /** Stops following, closes every connection, stops listening. */
  close(): Promise<void>;
}

/**
 * Starts a gateway: it listens at once (saying `catching-up`) and reads the log meanwhile.
 *
 * @throws SettingsError when it would listen beyond loopback without a token; the system's error when the port is taken
 */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const options = parts.options ?? {};
  const host = options.host ?? '127.0.0.1';
  assertGuarded('GATEWAY', { host, token: options.token, withoutToken: options.withoutToken ?? false });
  const runtime = new GatewayRuntime({
    log: parts.log,
    clock: parts.clock ?? new SystemClock(),
    metrics: parts.metrics,
    health: parts.health,
    options,
    epoch: parts.epoch ?? randomUUID(),
    version: ownVersion(),
    onFailure: parts.onFailure,
  });
  const access = new AccessPolicy({
    ...{ host, allowedOrigins: options.allowedOrigins ?? [], token: options.token },
    settings: 'GATEWAY',
  });
  const app = await createApp(parts, runtime, access, options.dashboardFolder ?? 'apps/dashboard/dist');
  const live = new LiveServer(runtime.hub, access, runtime.limits);
  live.attach(app.getHttpServer() as Server);
  const url = await listenOn(app, options.port ?? 3000, host);
  parts.logger.info('listening', { url });
  const caughtUp = runtime.start();
  caughtUp.then(
    () => {
      if (runtime.view.feed().state === 'catching-up') return;
      parts.logger.info('follows the log', { stays: runtime.view.ward.size });
    },
    (error: unknown) => parts.onFailure(error instanceof Error ? error : new Error(String(error))),
  );
  return {
    url,
    caughtUp,
    close: async () => {
      await runtime.stop();
      await live.close();
      await app.close();
    },
  };
}

async function createApp(
  parts: GatewayParts,
  runtime: GatewayRuntime,
  access: AccessPolicy,
  dashboardFolder: string,
): Promise<NestExpressApplication> {
  const clock = parts.clock ?? new SystemClock();
  const orders = new AlertOrders({
    ...{ log: parts.log, newId: randomUUID },
    nowMs: () => clock.nowMs(),
  });
  const { registry, trainer } = parts.options ?? {};
  const model = new ModelBoard({ registry, trainer, nowMs: () => clock.nowMs() });
  const module = GatewayModule.register({ view: runtime.view, history: parts.history, orders, model }, parts);
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: new NestLogger(parts.logger),
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.useGlobalFilters(new ProblemFilter({ logger: parts.logger, surprise: SURPRISE, codes: CODES }));
  const commands = guardCommands(parts.options?.allowedOrigins ?? []);
  app.use(securityHeaders(), guardAccess(access, DATA_PATHS), ...commands, serveDashboard(dashboardFolder));
  return app;
}

/** The version of the package that this file was built in. */
function ownVersion(): string {
  const path = new URL('../../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
