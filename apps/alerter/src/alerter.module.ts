import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceModule, type ServiceParts } from '#service';
import { AlertDesk } from './http/alert-desk.js';
import { AlertsController } from './http/alerts.controller.js';
import { LogController } from './log.controller.js';
import { AlertingPipeline } from './pipeline/alerting-pipeline.js';
import { TallyController } from './tally.controller.js';

/** The alerter as a Nest module: the log's handlers, `/alerts`, `/tally`, `/health/*` and `/metrics` around one pipeline. */
@Module({})
export class AlerterModule {
  static register(
    pipeline: AlertingPipeline,
    desk: AlertDesk,
    service: ServiceParts,
    companions: readonly DynamicModule[],
  ): DynamicModule {
    return {
      module: AlerterModule,
      imports: [ServiceModule.register(service), ...companions],
      controllers: [LogController, AlertsController, TallyController],
      providers: [
        { provide: AlertingPipeline, useValue: pipeline },
        { provide: AlertDesk, useValue: desk },
      ],
    };
  }
}
