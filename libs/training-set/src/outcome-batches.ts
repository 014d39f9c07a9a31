import type { LogRecord } from '#stream';
import { INTAKE_OUTCOMES, type IntakeOutcome, type TrainingSet } from './training-set.js';
import { readChange } from './training-set-change.js';

/** What became of the records of `stay-outcomes` since the start. */
export type IntakeTally = Readonly<Record<IntakeOutcome, number>>;

/** Takes records of `stay-outcomes` into the set, a batch at a time, and counts their ends. */
export class OutcomeBatches {
  private readonly counts = Object.fromEntries(INTAKE_OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    IntakeOutcome,
    number
  >;

  constructor(
    private readonly set: TrainingSet,
    /** A record that cannot be read; it is left out. */
    private readonly onProblem: (record: LogRecord, problem: string) => void,
  ) {}

  /** Durable when it resolves. @returns how many changes the set took up */
  async take(records: readonly LogRecord[]): Promise<number> {
    const changes = [];
    for (const record of records) {
      const read = readChange(record);
      if (read.ok) changes.push(read.change);
      else {
        this.counts[read.outcome]++;
        this.onProblem(record, read.problem);
      }
    }
    if (changes.length === 0) return 0;
    const outcomes = await this.set.apply(changes);
    for (const outcome of outcomes) this.counts[outcome]++;
    return outcomes.filter((outcome) => CHANGING.has(outcome)).length;
  }

  /** Takes stays out of the set that the log no longer holds. */
  async leave(stayIds: readonly string[], atMs: number): Promise<void> {
    const changes = stayIds.map((stayId) => ({ kind: 'removed', stayId, why: 'not-on-log', atMs }) as const);
    for (const outcome of await this.set.apply(changes)) this.counts[outcome]++;
  }

  tally(): IntakeTally {
    return { ...this.counts };
  }
}

const CHANGING: ReadonlySet<IntakeOutcome> = new Set(['stored', 'replaced', 'removed', 'withdrawn']);
