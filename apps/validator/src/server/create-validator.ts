import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Module, type DynamicModule } from '@nestjs/common';
import {
  AccessPolicy,
  assertGuarded,
  createMetrics,
  guardAccess,
  listenOn,
  HealthRegistry,
  NestLogger,
  ServiceModule,
  type ServiceParts,
} from '#service';
import { Validations, type ValidationsParts } from './validations.js';
import { ValidationsController } from './validations.controller.js';

/** What a validator is made with. */
export interface ValidatorOptions extends Omit<ValidationsParts, 'nowMs'> {
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Port; 0 takes a free one. */
  readonly port: number;
  /** Needed beyond loopback. */
  readonly token?: string | undefined;
  /** @default Date.now */
  readonly nowMs?: () => number;
}

/** A validator at work. */
export interface RunningValidator {
  readonly url: string;
  /** Stops what runs, keeping what was scored, and stops listening. */
  stop(): Promise<void>;
}

/** Paths that give out data or take orders. */
const DATA_PATHS = ['/validations', '/metrics'];

@Module({})
class ValidatorModule {
  static register(validations: Validations, service: ServiceParts): DynamicModule {
    return {
      module: ValidatorModule,
      imports: [ServiceModule.register(service)],
      controllers: [ValidationsController],
      providers: [{ provide: Validations, useValue: validations }],
    };
  }
}

/**
 * Starts the HTTP form of `replay validate`: the same validation, one at a time.
 *
 * @throws SettingsError when it would listen beyond loopback without a token
 */
export async function createValidator(options: ValidatorOptions): Promise<RunningValidator> {
  const { logger, host = '127.0.0.1', port, token, nowMs = Date.now } = options;
  assertGuarded('VALIDATOR', { host, token });
  const validations = new Validations({ ...options, nowMs });
  const service = { logger, metrics: createMetrics({ service: 'validator' }), health: new HealthRegistry() };
  service.health.register('live', 'validator', () => ({ healthy: true }));
  service.health.register('ready', 'validator', () => ({ healthy: true }));
  const app = await NestFactory.create(ValidatorModule.register(validations, service), {
    logger: new NestLogger(logger),
  });
  app.use(guardAccess(new AccessPolicy({ host, allowedOrigins: [], token, settings: 'VALIDATOR' }), DATA_PATHS));
  const url = await listenOn(app, port, host);
  return {
    url,
    stop: async () => {
      await validations.close();
      await app.close();
    },
  };
}
