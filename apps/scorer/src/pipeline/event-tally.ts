import { EVENT_OUTCOMES, type EventOutcome } from '#wire';
import { Counter, Gauge, type Registry } from 'prom-client';

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
  private readonly events = zeroes(EVENT_OUTCOMES);
  private readonly windows = zeroes(WINDOW_OUTCOMES);
  private readonly eventsTotal: Counter<'outcome'>;
  private readonly windowsTotal: Counter<'outcome'>;

  /** @param held number of stays held, asked when someone looks */
  constructor(
    registry: Registry,
    private readonly held: () => number,
  ) {
    const registers = [registry];
    this.eventsTotal = new Counter({
      name: 'vigil_events_total',
      help: 'Messages of bedside-events by the outcome that they ended in',
      labelNames: ['outcome'],
      registers,
    });
    this.windowsTotal = new Counter({
      name: 'vigil_windows_total',
      help: 'Due windows by the outcome that they ended in',
      labelNames: ['outcome'],
      registers,
    });
    for (const outcome of EVENT_OUTCOMES) this.eventsTotal.inc({ outcome }, 0);
    for (const outcome of WINDOW_OUTCOMES) this.windowsTotal.inc({ outcome }, 0);
    gauge(registry, 'vigil_stays_held', 'Stays in memory, ended ones included', held);
    gauge(registry, 'vigil_windows_waiting', 'Due windows in the queue or with the model', () => this.waiting());
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
    this.events[outcome]++;
    this.eventsTotal.inc({ outcome });
  }

  countDue(): void {
    this.due++;
  }

  countWindow(outcome: WindowOutcome): void {
    this.windows[outcome]++;
    this.windowsTotal.inc({ outcome });
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
      events: { received: this.received, handedOn: this.handedOn, outcomes: { ...this.events } },
      windows: { due: this.due, waiting: this.waiting(), outcomes: { ...this.windows } },
      deadLetters: this.deadLetters,
      snapshots: this.snapshots,
      stays: this.held(),
    };
  }

  private waiting(): number {
    return this.due - Object.values(this.windows).reduce((sum, count) => sum + count, 0);
  }
}

function zeroes<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
