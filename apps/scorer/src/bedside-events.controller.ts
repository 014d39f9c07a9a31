import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { LogBatchContext } from '#service';
import { AssignedHandler, BatchHandler, RevokedHandler } from '#service';
import type { RecordBatch, TopicPartition } from '#stream';
import { TOPICS } from '#wire';
import { ScoringPipeline } from './pipeline/scoring-pipeline.js';

/** Hands what the log delivers to the pipeline. */
@Controller()
export class BedsideEventsController {
  constructor(@Inject(ScoringPipeline) private readonly pipeline: ScoringPipeline) {}

  @AssignedHandler(TOPICS.bedsideEvents)
  assigned(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onAssigned(partitions);
  }

  @RevokedHandler(TOPICS.bedsideEvents)
  revoked(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onRevoked(partitions);
  }

  @BatchHandler(TOPICS.bedsideEvents)
  batch(@Payload() batch: RecordBatch, @Ctx() context: LogBatchContext): Promise<void> {
    return this.pipeline.onBatch(batch, context.subscription());
  }
}
