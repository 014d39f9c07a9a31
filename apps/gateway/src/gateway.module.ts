import { Module, type DynamicModule } from '@nestjs/common';
import { HistoryStore } from '#history';
import { ServiceModule, type ServiceParts } from '#service';
import { AlertBoard } from './alerts/alert-board.js';
import { AlertOrders } from './alerts/alert-orders.js';
import { GatewayView } from './gateway-view.js';
import { AlertsController } from './http/alerts.controller.js';
import { ModelController } from './http/model.controller.js';
import { StaysController } from './http/stays.controller.js';
import { WardsController } from './http/wards.controller.js';
import { ModelBoard } from './model/model-board.js';

/** What the HTTP interface shows and asks. */
export interface GatewayModuleParts {
  readonly view: GatewayView;
  readonly history: HistoryStore;
  readonly orders: AlertOrders;
  readonly model: ModelBoard;
}

/** The HTTP interface: wards, stays, trends, alerts, the model, health and metrics. */
@Module({})
export class GatewayModule {
  static register({ view, history, orders, model }: GatewayModuleParts, service: ServiceParts): DynamicModule {
    return {
      module: GatewayModule,
      imports: [ServiceModule.register(service)],
      controllers: [WardsController, StaysController, AlertsController, ModelController],
      providers: [
        { provide: GatewayView, useValue: view },
        { provide: HistoryStore, useValue: history },
        { provide: AlertBoard, useValue: view.alerts },
        { provide: AlertOrders, useValue: orders },
        { provide: ModelBoard, useValue: model },
      ],
    };
  }
}
