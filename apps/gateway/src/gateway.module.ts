import { Module, type DynamicModule } from '@nestjs/common';
import { HistoryStore } from '#history';
import { ServiceModule, type ServiceParts } from '#service';
import { AlertBoard } from './alerts/alert-board.js';
import { AlertOrders } from './alerts/alert-orders.js';
import { GatewayView } from './gateway-view.js';
import { AlertsController } from './http/alerts.controller.js';
import { StaysController } from './http/stays.controller.js';
import { WardsController } from './http/wards.controller.js';

/** The HTTP interface: wards, stays, trends, alerts, health and metrics. */
@Module({})
export class GatewayModule {
  static register(view: GatewayView, history: HistoryStore, orders: AlertOrders, service: ServiceParts): DynamicModule {
    return {
      module: GatewayModule,
      imports: [ServiceModule.register(service)],
      controllers: [WardsController, StaysController, AlertsController],
      providers: [
        { provide: GatewayView, useValue: view },
        { provide: HistoryStore, useValue: history },
        { provide: AlertBoard, useValue: view.alerts },
        { provide: AlertOrders, useValue: orders },
      ],
    };
  }
}
