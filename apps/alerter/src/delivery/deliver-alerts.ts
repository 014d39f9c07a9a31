import type { AlerterCompanion, CompanionParts } from '../create-alerter.js';
import { AlertDelivery, type ConfiguredSink } from './alert-delivery.js';
import { DeliveryModule } from './delivery.module.js';

/** The delivery as a companion of the alerter: it starts with it, serves `GET /deliveries` beside it, and stops after it. */
export function deliverAlerts(options: {
  readonly sinks: readonly ConfiguredSink[];
  /** Where the journals are kept; of this process alone. */
  readonly folder: string;
}): (parts: CompanionParts) => Promise<AlerterCompanion> {
  return async (parts) => {
    const delivery = await AlertDelivery.start({ ...parts, ...options });
    return { module: DeliveryModule.register(delivery), close: () => delivery.close() };
  };
}
