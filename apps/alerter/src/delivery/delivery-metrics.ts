import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { CircuitState } from './outbox/circuit.js';
import type { DeliveryEnd } from './outbox/outbox-entry.js';

/** What the gauges show of one sink, asked for when Prometheus asks. */
export interface SinkGauges {
  readonly sink: string;
  readonly waiting: () => number;
  /** Age of the oldest delivery that waits, milliseconds; 0 when none does. */
  readonly oldestMs: () => number;
  readonly circuit: () => CircuitState;
}

const CIRCUIT: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** The delivery's Prometheus series. Labels are the configured sinks and closed sets. */
export class DeliveryMetrics {
  private readonly ended: Counter;
  private readonly retried: Counter;
  private readonly seconds: Histogram;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.ended = new Counter({
      name: 'vigil_alert_deliveries_ended_total',
      help: 'Transitions of alerts that came to their end at a sink, by end; refused and exhausted ones are dead letters.',
      labelNames: ['sink', 'end'],
      registers,
    });
    this.retried = new Counter({
      name: 'vigil_alert_deliveries_retried_total',
      help: 'Attempts that failed and are made again.',
      labelNames: ['sink'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'vigil_alert_delivery_seconds',
      help: 'From the reading of a transition to its delivery.',
      labelNames: ['sink'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600, 3600],
      registers,
    });
  }

  /** Adds the gauges; once a registry. */
  watch(sinks: readonly SinkGauges[]): void {
    const gauge = (name: string, help: string, read: (sink: SinkGauges) => number): void => {
      new Gauge({
        name,
        help,
        labelNames: ['sink'],
        registers: [this.registry],
        collect() {
          for (const sink of sinks) this.set({ sink: sink.sink }, read(sink));
        },
      });
    };
    gauge('vigil_alert_deliveries_waiting', 'Transitions read and not at their end.', ({ waiting }) => waiting());
    gauge('vigil_alert_delivery_oldest_seconds', 'Age of the oldest that waits.', ({ oldestMs }) => oldestMs() / 1_000);
    gauge(
      'vigil_alert_sink_circuit',
      '0 closed, 1 half-open, 2 open: nothing is sent.',
      ({ circuit }) => CIRCUIT[circuit()],
    );
  }

  /** @param waitedMs from reading to delivery, for what was delivered */
  end(sink: string, end: DeliveryEnd, waitedMs?: number): void {
    this.ended.inc({ sink, end });
    if (waitedMs !== undefined) this.seconds.observe({ sink }, waitedMs / 1_000);
  }

  retry(sink: string): void {
    this.retried.inc({ sink });
  }
}
