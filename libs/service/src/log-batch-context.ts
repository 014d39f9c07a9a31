import { BaseRpcContext } from '@nestjs/microservices';
import type { CommitPosition, RecordBatch, Subscription } from '#stream';

/** What a batch handler may do with the subscription that brought the batch. */
export class LogBatchContext extends BaseRpcContext<[RecordBatch, Subscription]> {
  /** The running membership, to keep for work that outlives the batch. */
  subscription(): Subscription {
    return this.args[1];
  }

  /** Assignment epoch; compare it before publishing what was computed from this batch. */
  epoch(): number {
    return this.args[1].assignmentEpoch();
  }

  /** Stops delivery of the batch's partition after this batch; records stay on the log. */
  pause(): void {
    this.args[1].pause([this.args[0]]);
  }

  resume(): void {
    this.args[1].resume([this.args[0]]);
  }

  /** Makes positions durable; rejects when a partition is no longer assigned. */
  commit(positions: readonly CommitPosition[]): Promise<void> {
    return this.args[1].commit(positions);
  }
}
