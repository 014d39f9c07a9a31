import { OutcomeTally, watchGauge } from '#service';
import { EVENT_OUTCOMES, type EventOutcome } from '#wire';
import type { Registry } from 'prom-client';

/** The closed set of ends that a due window can come to. */
export const WINDOW_OUTCOMES = ['scored', 'refused', 'superseded', 'already-published', 'abandoned'] as const;

/** One of {@link WINDOW_OUTCOMES}; `abandoned` windows belong to partitions that were lost, whose new owner scores them. */
export type WindowOutcome = (typeof WINDOW_OUTCOMES)[number];

/** What went in and came out since the start. `events.received` is the sum of the outcomes, `windows.due` that of the ends and `waiting`. */
export interface ScorerTally {
  readonly events: {
    readonly received: number;
    /** Messages for other stays that followed from these: they go to `bedside-events`, and are received again from there. */
    readonly handedOn: number;
    readonly outcomes: Readonly<Record<EventOutcome, number>>;
  };
  readonly windows: {
    readonly due: number;
    /** In the queue or with the model. */
    readonly waiting: number;
    readonly outcomes: Readonly<Record<WindowOutcome, number>>;
  };
  readonly deadLetters: number;
  readonly snapshots: number;
  readonly stays: number;
}

/** Counts what becomes of events and windows, for Prometheus and for whoever asks the process. */
export class EventTally {
  private received = 0;
  private handedOn = 0;
  private due = 0;
  private deadLetters = 0;
  private snapshots = 0;
  private readonly events: OutcomeTally<EventOutcome>;
  private readonly windows: OutcomeTally<WindowOutcome>;

  /** @param held number of stays held, asked when someone looks */
  constructor(
    registry: Registry,
    private readonly held: () => number,
  ) {
    this.events = new OutcomeTally({
      ...{ registry, name: 'vigil_events_total', outcomes: EVENT_OUTCOMES },
      help: 'Messages of bedside-events by the outcome that they ended in',
    });
    this.windows = new OutcomeTally({
      ...{ registry, name: 'vigil_windows_total', outcomes: WINDOW_OUTCOMES },
      help: 'Due windows by the outcome that they ended in',
    });
    watchGauge(registry, 'vigil_stays_held', 'Stays in memory, ended ones included', held);
    watchGauge(registry, 'vigil_windows_waiting', 'Due windows in the queue or with the model', () => this.waiting());
  }

  /** Counts a message that was read; its outcome follows. */
  countReceived(messages: number): void {
    this.received += messages;
  }

  /** Counts messages that follow from those that were read, before they are published. */
  countHandedOn(messages: number): void {
    this.handedOn += messages;
  }

  countEvent(outcome: EventOutcome): void {
    this.events.count(outcome);
  }

  countDue(): void {
    this.due++;
  }

  countWindow(outcome: WindowOutcome): void {
    this.windows.count(outcome);
  }

  countDeadLetters(records: number): void {
    this.deadLetters += records;
  }

  countSnapshots(records: number): void {
    this.snapshots += records;
  }

  /** A copy of the counts as they stand. */
  read(): ScorerTally {
    return {
      events: { received: this.received, handedOn: this.handedOn, outcomes: this.events.read() },
      windows: { due: this.due, waiting: this.waiting(), outcomes: this.windows.read() },
      deadLetters: this.deadLetters,
      snapshots: this.snapshots,
      stays: this.held(),
    };
  }

  private waiting(): number {
    return this.due - this.windows.total();
  }
}
