import { randomUUID } from 'node:crypto';
import { it } from '@jest/globals';
import type { EventLog, LogRecord, SubscriptionOptions, Subscription, TopicSpecification } from '#stream';
import type { BatchRecorder } from './batch-recorder.js';
import type { CreateEventLogHarness, EventLogHarness } from './event-log-harness.js';

/** One test's log, topic and group, with names of their own so that tests may share a server. */
export class EventLogBench {
  readonly topic = `contract-${randomUUID()}`;
  readonly group = `group-${randomUUID()}`;
  private opened: EventLog | undefined;

  constructor(readonly harness: EventLogHarness) {}

  /** The log in use. */
  get log(): EventLog {
    if (this.opened === undefined) throw new Error('open the log first');
    return this.opened;
  }

  /** Opens the log and creates the test's topic. */
  async open(specification: Partial<TopicSpecification> = {}): Promise<EventLog> {
    this.opened = await this.harness.open();
    await this.opened.ensureTopics([
      { name: this.topic, partitions: 4, cleanup: 'delete', retentionMs: 604_800_000, ...specification },
    ]);
    return this.opened;
  }

  /** Closes the log as a process that ends would, and opens it again. */
  async restart(): Promise<EventLog> {
    await this.log.close();
    this.opened = await this.harness.open();
    return this.opened;
  }

  /** Joins the test's group; a failure of the subscription fails the test unless `onFailure` is given. */
  subscribe(handler: BatchRecorder, options: Partial<SubscriptionOptions> = {}): Promise<Subscription> {
    const onFailure = (error: Error) => {
      throw error;
    };
    return this.log.subscribe({ group: this.group, topics: [this.topic], handler, onFailure, ...options });
  }

  /** What `readToEnd` gives of the test's topic. */
  async readToEnd(partitions?: readonly number[]): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    for await (const record of this.log.readToEnd(this.topic, partitions)) records.push(record);
    return records;
  }

  /** Closes what is open and removes the state. */
  async destroy(): Promise<void> {
    await this.opened?.close();
    await this.harness.destroy();
  }
}

/** Makes an `it` whose body gets a bench of its own, taken down afterwards. */
export function onBench(create: CreateEventLogHarness) {
  return (title: string, body: (bench: EventLogBench) => Promise<void>): void => {
    it(title, async () => {
      const bench = new EventLogBench(await create());
      try {
        await body(bench);
      } finally {
        await bench.destroy();
      }
    });
  };
}

/** Position after the last of some records of one partition. */
export function after(records: readonly LogRecord[]) {
  const { topic, partition, offset } = records.at(-1)!;
  return { topic, partition, nextOffset: offset + 1n };
}

/** Texts of values. */
export function textsOf(records: readonly LogRecord[]): (string | null)[] {
  return records.map(({ value }) => (value === null ? null : Buffer.from(value).toString('utf8')));
}
