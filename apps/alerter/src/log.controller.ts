import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { LogBatchContext } from '#service';
import { AssignedHandler, BatchHandler, RevokedHandler } from '#service';
import type { RecordBatch, TopicPartition } from '#stream';
import { TOPICS } from '#wire';
import { AlertingPipeline } from './pipeline/alerting-pipeline.js';

/** Hands what the log delivers to the pipeline: three topics whose partitions of one number belong together. */
@Controller()
export class LogController {
  constructor(@Inject(AlertingPipeline) private readonly pipeline: AlertingPipeline) {}

  @AssignedHandler(TOPICS.riskScores)
  assigned(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onAssigned(partitions);
  }

  @AssignedHandler(TOPICS.bedsideEvents)
  bedsideAssigned(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onAssigned(partitions);
  }

  @AssignedHandler(TOPICS.alertCommands)
  commandsAssigned(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onAssigned(partitions);
  }

  @RevokedHandler(TOPICS.riskScores)
  revoked(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onRevoked(partitions);
  }

  @RevokedHandler(TOPICS.bedsideEvents)
  bedsideRevoked(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onRevoked(partitions);
  }

  @RevokedHandler(TOPICS.alertCommands)
  commandsRevoked(@Payload() partitions: TopicPartition[]): Promise<void> {
    return this.pipeline.onRevoked(partitions);
  }

  @BatchHandler(TOPICS.riskScores)
  scores(@Payload() batch: RecordBatch, @Ctx() context: LogBatchContext): Promise<void> {
    return this.pipeline.onBatch(batch, context.subscription());
  }

  @BatchHandler(TOPICS.bedsideEvents)
  bedside(@Payload() batch: RecordBatch, @Ctx() context: LogBatchContext): Promise<void> {
    return this.pipeline.onBatch(batch, context.subscription());
  }

  @BatchHandler(TOPICS.alertCommands)
  commands(@Payload() batch: RecordBatch, @Ctx() context: LogBatchContext): Promise<void> {
    return this.pipeline.onBatch(batch, context.subscription());
  }
}
