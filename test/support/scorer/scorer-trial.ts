import { setImmediate } from 'node:timers/promises';
import {
  createScorer,
  type FollowedReleases,
  type RunningScorer,
  type ScoringOptions,
  type WindowScorer,
} from '#scorer';
import { ServiceLogger } from '#service';
import { MemoryBroker, MemoryEventLog, type LogRecord, type OutgoingRecord } from '#stream';
import { TOPICS, type TopicName } from '#wire';
import { ComputedScorer } from './computed-scorer.js';
import { KeptHistory } from './kept-history.js';

/** What a trial's scorer is started with. */
export interface TrialOptions {
  readonly scorer?: WindowScorer | FollowedReleases;
  /** Where health, metrics, tally and releases are served. */
  readonly http?: { readonly host: string; readonly port: number };
  readonly scoring?: ScoringOptions;
  readonly onFailure?: (error: Error) => void;
  /** The connection that it works with. @default one of its own on the trial's broker */
  readonly log?: MemoryEventLog;
}

/** Scorers on one memory broker, one after the other or side by side. */
export class ScorerTrial {
  readonly broker = new MemoryBroker(() => 0);
  readonly history = new KeptHistory();
  /** A connection beside those of the scorers. */
  readonly writer = new MemoryEventLog(this.broker);
  private readonly opened: MemoryEventLog[] = [];

  constructor(private readonly partitions = 1) {}

  /** Starts a scorer with a connection of its own; {@link crash} cuts that. */
  async start(options: TrialOptions = {}): Promise<RunningScorer & { crash(): Promise<void> }> {
    const log = options.log ?? new MemoryEventLog(this.broker);
    this.opened.push(log);
    const running = await createScorer({
      ...{ log, history: this.history, partitions: this.partitions, flushEveryMs: 2 ** 30 },
      scorer: options.scorer ?? new ComputedScorer(),
      scoring: { overload: 'wait', ...options.scoring },
      ...(options.http && { http: options.http }),
      logger: new ServiceLogger({ service: 'spec', level: 'silent' }),
      onFailure: options.onFailure ?? raise,
    });
    return { ...running, crash: () => log.close() };
  }

  append(records: readonly OutgoingRecord[]): Promise<void> {
    return this.writer.append(TOPICS.bedsideEvents, records);
  }

  /** Everything on a topic, partition after partition. */
  async read(topic: TopicName): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    for await (const record of this.writer.readToEnd(topic)) records.push(record);
    return records;
  }

  /** The scores by id, as text; fails when one id stands for different bytes. */
  async scores(topic: TopicName = TOPICS.riskScores): Promise<Map<string, string>> {
    const scores = new Map<string, string>();
    for (const { headers, value } of await this.read(topic)) {
      const id = headers['ce_id']!;
      const text = Buffer.from(value!).toString();
      if (scores.has(id) && scores.get(id) !== text) throw new Error(`two scores of id ${id} differ`);
      scores.set(id, text);
    }
    return new Map([...scores].sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  async close(): Promise<void> {
    for (const log of [...this.opened, this.writer]) await log.close();
  }
}

/** Resolves when the condition holds; every turn of the event loop it is asked again. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate();
}

/** Resolves when a scorer has read that many events and scored what was due. */
export async function taken(running: RunningScorer, events: number): Promise<void> {
  await until(() => running.tally().events.received >= events);
  await running.idle();
}

function raise(error: Error): never {
  throw error;
}
