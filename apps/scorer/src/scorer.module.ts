import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceModule, type ServiceParts } from '#service';
import { BedsideEventsController } from './bedside-events.controller.js';
import { ScoringPipeline } from './pipeline/scoring-pipeline.js';
import { TallyController } from './tally.controller.js';

/** The scorer as a Nest module: the log's handlers, `/tally`, `/health/*` and `/metrics` around one pipeline. */
@Module({})
export class ScorerModule {
  static register(pipeline: ScoringPipeline, service: ServiceParts): DynamicModule {
    return {
      module: ScorerModule,
      imports: [ServiceModule.register(service)],
      controllers: [BedsideEventsController, TallyController],
      providers: [{ provide: ScoringPipeline, useValue: pipeline }],
    };
  }
}
