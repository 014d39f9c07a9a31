import { Controller, Get, Inject } from '@nestjs/common';
import type { ScorerTally } from './pipeline/event-tally.js';
import { ScoringPipeline } from './pipeline/scoring-pipeline.js';

/** `GET /tally`: what went in and came out since the start, for whoever checks that the sums agree. */
@Controller('tally')
export class TallyController {
  constructor(@Inject(ScoringPipeline) private readonly pipeline: ScoringPipeline) {}

  @Get()
  tally(): ScorerTally {
    return this.pipeline.read();
  }
}
