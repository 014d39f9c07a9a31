import { Module, type DynamicModule } from '@nestjs/common';
import { ServiceModule, type ServiceParts } from '#service';
import { BedsideEventsController } from './bedside-events.controller.js';
import { ScoringPipeline } from './pipeline/scoring-pipeline.js';
import { ReleaseReporter, ReleasesController } from './releases/releases.controller.js';
import { TallyController } from './tally.controller.js';

/** The scorer as a Nest module: the log's handlers, `/tally`, `/releases`, `/health/*` and `/metrics` around one pipeline. */
@Module({})
export class ScorerModule {
  static register(pipeline: ScoringPipeline, releases: ReleaseReporter, service: ServiceParts): DynamicModule {
    return {
      module: ScorerModule,
      imports: [ServiceModule.register(service)],
      controllers: [BedsideEventsController, TallyController, ReleasesController],
      providers: [
        { provide: ScoringPipeline, useValue: pipeline },
        { provide: ReleaseReporter, useValue: releases },
      ],
    };
  }
}
