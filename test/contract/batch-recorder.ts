import type { LogRecord, RecordBatch, SubscriptionHandler, TopicPartition } from '#stream';

/** A handler that writes down what it was handed, and lets a test wait for it. */
export class BatchRecorder implements SubscriptionHandler {
  readonly batches: RecordBatch[] = [];
  readonly assignments: (readonly TopicPartition[])[] = [];
  readonly revocations: (readonly TopicPartition[])[] = [];
  /** Called with every batch before it is written down as handled. */
  before: (batch: RecordBatch) => Promise<void> = async () => {};
  private readonly waiting = new Set<() => void>();

  async onAssigned(partitions: readonly TopicPartition[]): Promise<void> {
    this.assignments.push(partitions);
    this.tell();
  }

  async onRevoked(partitions: readonly TopicPartition[]): Promise<void> {
    this.revocations.push(partitions);
    this.tell();
  }

  async onBatch(batch: RecordBatch): Promise<void> {
    await this.before(batch);
    this.batches.push(batch);
    this.tell();
  }

  /** Everything handled so far, in the order it was handled. */
  records(): LogRecord[] {
    return this.batches.flatMap(({ records }) => records);
  }

  /** Texts of the values handled so far. */
  texts(): string[] {
    return this.records().map(({ value }) => (value === null ? '(deleted)' : Buffer.from(value).toString('utf8')));
  }

  /** Resolves as soon as the condition holds; looked at after every call of the handler. */
  async until(condition: (recorder: this) => boolean): Promise<void> {
    while (!condition(this)) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  /** Resolves when at least so many records were handled. */
  untilRecords(count: number): Promise<void> {
    return this.until(() => this.records().length >= count);
  }

  private tell(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}
