import type { Alert } from '#wire';
import type { SinkType } from './alert-sink.js';
import type { CircuitState } from './outbox/circuit.js';
import type { DeliveryEnd, OutboxEntry } from './outbox/outbox-entry.js';

/** A sink as a whole, for whoever looks. */
export interface SinkReport {
  readonly sink: string;
  readonly type: SinkType;
  readonly circuit: CircuitState;
  readonly waiting: number;
  /** Age of the oldest that waits, milliseconds. */
  readonly oldestMs: number;
  /** Since the start of the process. */
  readonly ended: Readonly<Partial<Record<DeliveryEnd, number>>>;
  readonly retried: number;
}

/** One transition at one sink. */
export interface DeliveryReport {
  readonly sink: string;
  readonly deliveryId: string;
  readonly alertId: string;
  readonly stayId: string;
  readonly rule: string;
  readonly state: Alert['state'];
  readonly sequence: number;
  readonly attempts: number;
  readonly takenAtMs: number;
  /** What went wrong with the last attempt. */
  readonly problem?: string;
  /** While it waits. */
  readonly nextAttemptAtMs?: number;
  /** Once it has ended. */
  readonly end?: DeliveryEnd;
  readonly endedAtMs?: number;
}

/** Answer of `GET /deliveries`. */
export interface DeliveriesReport {
  readonly disclaimer: string;
  readonly sinks: readonly SinkReport[];
  /** Oldest first, at most 200. */
  readonly waiting: readonly DeliveryReport[];
  /** Newest first, at most 200 since the start of the process; what never waited is only counted. */
  readonly ended: readonly DeliveryReport[];
}

/** Writes an entry of an outbox as a report. */
export function deliveryReport(sink: string, entry: OutboxEntry): DeliveryReport {
  const { alertId, stayId, rule, state, sequence } = entry.alert;
  const { deliveryId, attempts, takenAtMs, problem } = entry;
  return {
    ...{ sink, deliveryId, alertId, stayId, rule, state, sequence, attempts, takenAtMs },
    ...(problem === undefined ? {} : { problem }),
  };
}
