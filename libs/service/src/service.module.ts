import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Registry } from 'prom-client';
import { HealthController } from './health.controller.js';
import { HealthRegistry } from './health-registry.js';
import { MetricsController } from './metrics.controller.js';
import { ServiceLogger } from './service-logger.js';

/** What every app brings along. */
export interface ServiceParts {
  readonly logger: ServiceLogger;
  readonly metrics: Registry;
  readonly health: HealthRegistry;
}

/** Health and metrics endpoints, and the app's logger, registry and health checks as providers (global within the app). */
@Global()
@Module({})
export class ServiceModule {
  static register(parts: ServiceParts): DynamicModule {
    const providers = [
      { provide: ServiceLogger, useValue: parts.logger },
      { provide: Registry, useValue: parts.metrics },
      { provide: HealthRegistry, useValue: parts.health },
    ];
    return {
      module: ServiceModule,
      controllers: [HealthController, MetricsController],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
