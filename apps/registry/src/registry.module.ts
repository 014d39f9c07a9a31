import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceModule, type ServiceParts } from '#service';
import { DecisionsController } from './http/decisions.controller.js';
import { RegistryView } from './http/registry-view.js';
import { ReleasesController } from './http/releases.controller.js';

/** The HTTP interface: releases, orders, health and metrics. */
@Module({})
export class RegistryModule {
  static register(view: RegistryView, service: ServiceParts): DynamicModule {
    return {
      module: RegistryModule,
      imports: [ServiceModule.register(service)],
      controllers: [ReleasesController, DecisionsController],
      providers: [{ provide: RegistryView, useValue: view }],
    };
  }
}
