import { DECISION_OUTCOMES, type AlertRecord, type DecisionOutcome } from '#alerting';
import { OutcomeTally, watchGauge } from '#service';
import { Counter, Gauge, type Registry } from 'prom-client';
import { READ_TOPICS, type ReadTopic } from '../alerter-topics.js';

/** The closed set of ends that a record can come to: what the state machine says, and what does not reach it. */
export const RECORD_OUTCOMES = [
  ...DECISION_OUTCOMES,
  /** The stay's state contained it already. */
  'duplicate',
  /** A bedside event of no concern to alerts. */
  'ignored',
  'malformed',
  'type-unknown',
] as const;

/** One of {@link RECORD_OUTCOMES}. */
export type RecordOutcome = DecisionOutcome | 'duplicate' | 'ignored' | 'malformed' | 'type-unknown';

/** What went in and came out since the start. `received` is the sum of the outcomes and `held`. */
export interface AlerterCounts {
  readonly received: number;
  /** Scores and bedside events that wait for their turn. */
  readonly held: number;
  readonly outcomes: Readonly<Record<RecordOutcome, number>>;
  readonly transitions: number;
  readonly snapshots: number;
  readonly stays: number;
}

/** What the tally asks when someone looks. */
export interface TallySources {
  stays(): number;
  held(): number;
  open(): Iterable<AlertRecord>;
}

/** Counts what becomes of records and alerts, for Prometheus and for whoever asks the process. No label names a stay. */
export class AlerterTally {
  private received = 0;
  private transitions = 0;
  private snapshots = 0;
  private readonly outcomes: OutcomeTally<RecordOutcome, 'topic'>;
  private readonly transitionsTotal: Counter<'kind' | 'severity' | 'state'>;

  constructor(
    registry: Registry,
    private readonly sources: TallySources,
  ) {
    this.outcomes = new OutcomeTally({
      ...{ registry, name: 'vigil_alerter_records_total', outcomes: RECORD_OUTCOMES, labelNames: ['topic'] },
      help: 'Records read by the alerter, by topic and the outcome that they ended in',
    });
    this.transitionsTotal = new Counter({
      name: 'vigil_alert_transitions_total',
      help: 'Transitions of alerts by kind, severity and the state that they led to',
      labelNames: ['kind', 'severity', 'state'],
      registers: [registry],
    });
    for (const topic of READ_TOPICS) this.outcomes.count('applied', 0, { topic });
    this.watch(registry);
  }

  countReceived(records: number): void {
    this.received += records;
  }

  countOutcome(topic: ReadTopic, outcome: RecordOutcome): void {
    this.outcomes.count(outcome, 1, { topic });
  }

  countTransitions(transitions: readonly AlertRecord[]): void {
    this.transitions += transitions.length;
    for (const { kind, severity, state } of transitions) this.transitionsTotal.inc({ kind, severity, state });
  }

  countSnapshots(records: number): void {
    this.snapshots += records;
  }

  /** A copy of the counts as they stand. */
  read(): AlerterCounts {
    const { received, transitions, snapshots, sources } = this;
    return {
      ...{ received, transitions, snapshots, outcomes: this.outcomes.read() },
      ...{ held: sources.held(), stays: sources.stays() },
    };
  }

  private watch(registry: Registry): void {
    const { sources } = this;
    watchGauge(registry, 'vigil_alerter_stays_held', 'Stays in memory, ended ones included', () => sources.stays());
    watchGauge(registry, 'vigil_alerter_records_held', 'Scores and bedside events that wait for their turn', () =>
      sources.held(),
    );
    new Gauge({
      name: 'vigil_alerts_open',
      help: 'Open alerts by kind, severity and state',
      labelNames: ['kind', 'severity', 'state'],
      registers: [registry],
      collect() {
        this.reset();
        for (const { kind, severity, state } of sources.open()) this.inc({ kind, severity, state });
      },
    });
  }
}
