import 'reflect-metadata';
import { HOUR_MS } from '#clinical';
import {
  assertGuarded,
  createMetrics,
  HealthRegistry,
  openStorage,
  readSettings,
  runMain,
  ServiceLogger,
  stopOnSignals,
  type ShutdownStep,
} from '#service';
import { createGateway } from './create-gateway.js';
import type { GatewayOptions } from './gateway-options.js';
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway-settings.js';
import type { AppAddress } from './model/ask-app.js';

/** The gateway in a process of its own. Exit code 2 for bad settings, 1 for a failure. */
async function main(): Promise<void> {
  const settings = readSettings(GATEWAY_SETTINGS);
  const options = optionsOf(settings);
  assertGuarded('GATEWAY', {
    ...{ host: settings.GATEWAY_HOST, token: options.token },
    withoutToken: settings.GATEWAY_WITHOUT_TOKEN,
  });
  const logger = new ServiceLogger({ service: 'gateway', level: settings.LOG_LEVEL });
  const storage = await openStorage(settings, logger);
  const { log, history } = storage;
  logger.info('storage opened', { storage: storage.words });
  const steps: ShutdownStep[] = [{ name: 'storage', run: () => storage.close() }];
  const onFailure = stopOnSignals({ steps, logger });
  const metrics = createMetrics({ service: 'gateway' });
  const gateway = await createGateway({
    log,
    history,
    logger,
    metrics,
    health: new HealthRegistry(),
    options,
    onFailure,
  });
  steps.unshift({ name: 'gateway', run: () => gateway.close() });
}

function optionsOf(settings: GatewaySettings): GatewayOptions {
  return {
    host: settings.GATEWAY_HOST,
    port: settings.GATEWAY_PORT,
    allowedOrigins: settings.GATEWAY_ALLOWED_ORIGINS?.split(',') ?? [],
    token: settings.GATEWAY_TOKEN,
    withoutToken: settings.GATEWAY_WITHOUT_TOKEN,
    dashboardFolder: settings.GATEWAY_DASHBOARD,
    maxStays: settings.GATEWAY_MAX_STAYS,
    keepEndedMs: settings.GATEWAY_KEEP_ENDED_HOURS * HOUR_MS,
    registry: addressOf(settings.GATEWAY_REGISTRY_URL, settings.GATEWAY_REGISTRY_TOKEN),
    trainer: addressOf(settings.GATEWAY_TRAINER_URL, settings.GATEWAY_TRAINER_TOKEN),
    limits: { maxClients: settings.GATEWAY_MAX_CLIENTS },
  };
}

function addressOf(url: string | undefined, token: string | undefined): AppAddress | undefined {
  return url === undefined ? undefined : { url, token };
}

runMain(main);
