import fc from 'fast-check';
import { expect, it } from '@jest/globals';
import type { EventLog, Subscription } from '#stream';
import { BatchRecorder } from './batch-recorder.js';
import { EventLogBench } from './event-log-bench.js';
import type { CreateEventLogHarness } from './event-log-harness.js';
import { outgoing } from './outgoing.js';

const KEYS = ['anna', 'bert', 'carl', 'dora', 'emil'];

/** What can happen to a log and a group that reads it. */
type Step =
  | { readonly do: 'append'; readonly keys: readonly string[] }
  | { readonly do: 'overlap'; readonly keys: readonly string[] }
  | { readonly do: 'commit'; readonly percent: number; readonly caughtUp: boolean }
  | { readonly do: 'restart' }
  | { readonly do: 'rejoin' };

const anyKeys = fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 6 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const), keys: anyKeys }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('overlap' as const), keys: anyKeys }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      percent: fc.integer({ min: 0, max: 100 }),
      caughtUp: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'rejoin' as const }) },
);

/** Whatever is appended, committed, closed and opened: no uncommitted record is lost and no key's order is changed. */
export function modelContract(create: CreateEventLogHarness, runs: number): void {
  it('loses no uncommitted record and keeps every key’s order, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 25 }), fc.integer({ min: 1, max: 7 }), runSteps),
      { numRuns: runs },
    );
  }, 60_000);

  async function runSteps(steps: readonly Step[], maxBatchRecords: number): Promise<void> {
    const bench = new EventLogBench(await create());
    try {
      await bench.open({ partitions: 3 });
      const reader = new ModelReader(bench, maxBatchRecords);
      await reader.join();
      for (const step of steps) await reader.take(step);
      await reader.checkLife();
      await bench.restart();
      await reader.join();
      await reader.checkLife();
    } finally {
      await bench.destroy();
    }
  }
}

/** A reader beside a model of what the log holds: the texts of each key in the order they were acknowledged. */
class ModelReader {
  private readonly appended = new Map<string, string[]>(KEYS.map((key) => [key, []]));
  /** Texts before which a commit lies, by key. */
  private readonly committed = new Map<string, number>(KEYS.map((key) => [key, 0]));
  private recorder = new BatchRecorder();
  private subscription!: Subscription;

  constructor(
    private readonly bench: EventLogBench,
    private readonly maxBatchRecords: number,
  ) {}

  async join(): Promise<void> {
    this.recorder = new BatchRecorder();
    this.subscription = await this.bench.subscribe(this.recorder, { maxBatchRecords: this.maxBatchRecords });
  }

  async take(step: Step): Promise<void> {
    const { log } = this.bench;
    if (step.do === 'append') await this.append(log, [step.keys]);
    if (step.do === 'overlap')
      await this.append(
        log,
        step.keys.map((key) => [key]),
      );
    if (step.do === 'commit') {
      if (step.caughtUp) await this.checkLife();
      await this.commit(step.percent);
    }
    if (step.do === 'restart') {
      await this.checkLife();
      await this.bench.restart();
      await this.join();
    }
    if (step.do === 'rejoin') {
      await this.subscription.close();
      await this.join();
    }
  }

  /** Waits for all that this life of the reader owes: what is not committed, each key in order, nothing skipped. */
  async checkLife(): Promise<void> {
    await this.recorder.until((recorder) => {
      const seen = new Set(recorder.texts());
      return KEYS.every((key) => this.owed(key).every((text) => seen.has(text)));
    });
    for (const key of KEYS) {
      const texts = this.recorder.records().filter((record) => record.key === key);
      const all = this.appended.get(key)!;
      const received = texts.map(({ value }) => Buffer.from(value!).toString());
      expect(received).toEqual(all.slice(all.length - received.length));
    }
  }

  private owed(key: string): readonly string[] {
    return this.appended.get(key)!.slice(this.committed.get(key)!);
  }

  /** Appends that are called one after the other without waiting, each with some keys. */
  private async append(log: EventLog, calls: readonly (readonly string[])[]): Promise<void> {
    const results = calls.map((keys) => {
      const records = keys.map((key) => {
        const texts = this.appended.get(key)!;
        texts.push(`${key}#${texts.length}`);
        return outgoing(key, texts.at(-1)!);
      });
      return log.append(this.bench.topic, records);
    });
    await Promise.all(results);
  }

  /** Commits each partition up to a percentage of what this life has received of it. */
  private async commit(percent: number): Promise<void> {
    for (const { partition } of this.subscription.assigned()) {
      const records = this.recorder.records().filter((record) => record.partition === partition);
      const done = records.slice(0, Math.ceil((records.length * percent) / 100));
      if (done.length === 0) continue;
      const { topic, offset } = done.at(-1)!;
      await this.subscription.commit([{ topic, partition, nextOffset: offset + 1n }]);
      for (const key of new Set(records.map((record) => record.key))) {
        const after = records.slice(done.length).filter((record) => record.key === key).length;
        const all = this.appended.get(key)!;
        const received = records.filter((record) => record.key === key);
        const last = Number(Buffer.from(received.at(-1)!.value!).toString().split('#')[1]);
        this.committed.set(key, Math.min(all.length, last + 1 - after));
      }
    }
  }
}
