import { Controller, Get, Inject } from '@nestjs/common';
import type { AlerterCounts } from './pipeline/alerter-tally.js';
import { AlertingPipeline } from './pipeline/alerting-pipeline.js';

/** `GET /tally`: what went in and came out since the start, for whoever checks that the sums agree. */
@Controller('tally')
export class TallyController {
  constructor(@Inject(AlertingPipeline) private readonly pipeline: AlertingPipeline) {}

  @Get()
  tally(): AlerterCounts {
    return this.pipeline.read();
  }
}
