import { Module, type DynamicModule } from '@nestjs/common';
import { HistoryStore } from '#history';
import { ServiceModule, type ServiceParts } from '#service';
import { GatewayView } from './gateway-view.js';
import { StaysController } from './http/stays.controller.js';
import { WardsController } from './http/wards.controller.js';

/** The HTTP interface: wards, stays, trends, health and metrics. */
@Module({})
export class GatewayModule {
  static register(view: GatewayView, history: HistoryStore, service: ServiceParts): DynamicModule {
    return {
      module: GatewayModule,
      imports: [ServiceModule.register(service)],
      controllers: [WardsController, StaysController],
      providers: [
        { provide: GatewayView, useValue: view },
        { provide: HistoryStore, useValue: history },
      ],
    };
  }
}
