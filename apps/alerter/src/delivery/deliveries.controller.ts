import { Controller, Get, Inject } from '@nestjs/common';
import { AlertDelivery } from './alert-delivery.js';
import type { DeliveriesReport } from './delivery-report.js';

/** `GET /deliveries`: what waits, what ended lately, and how the sinks do. */
@Controller('deliveries')
export class DeliveriesController {
  constructor(@Inject(AlertDelivery) private readonly delivery: AlertDelivery) {}

  @Get()
  deliveries(): DeliveriesReport {
    return this.delivery.report();
  }
}
