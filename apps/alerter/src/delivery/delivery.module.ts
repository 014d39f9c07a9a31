import { Module, type DynamicModule } from '@nestjs/common';
import { AlertDelivery } from './alert-delivery.js';
import { DeliveriesController } from './deliveries.controller.js';

/** `GET /deliveries` over a delivery that runs. */
@Module({})
export class DeliveryModule {
  static register(delivery: AlertDelivery): DynamicModule {
    return {
      module: DeliveryModule,
      controllers: [DeliveriesController],
      providers: [{ provide: AlertDelivery, useValue: delivery }],
    };
  }
}
