import type { Alert } from '#wire';

/** Kinds of receivers. */
export const SINK_TYPES = ['webhook', 'pagerduty', 'alertmanager', 'fhir', 'console'] as const;

/** One of {@link SINK_TYPES}. */
export type SinkType = (typeof SINK_TYPES)[number];

/** One transition of an alert on its way to one sink. */
export interface Delivery {
  readonly alert: Alert;
  /** Of the transition, the same with every attempt and to every sink: receivers drop what they have seen. */
  readonly deliveryId: string;
}

/**
 * What a receiver said.
 *
 * - `delivered`: it has taken the transition;
 * - `refused`: it will never take it, however often it is asked; the delivery becomes a dead letter;
 * - `failed`: it could not be reached or cannot serve now; tried again, not before `retryAfterMs` when it named a time.
 */
export type SinkAnswer =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'refused'; readonly detail: string }
  | { readonly outcome: 'failed'; readonly detail: string; readonly retryAfterMs?: number };

/**
 * A receiver of alerts. It is handed the transitions of a stay one after the other, each until it has ended; those of other stays meanwhile.
 *
 * Delivery is at least once: after a crash, a transition can come again, with the same id.
 */
export abstract class AlertSink {
  /**
   * `every-transition`: each is delivered. `newest-state`: the receiver holds states, so that of several waiting transitions of an alert only the newest is worth
   * sending.
   */
  readonly wants: 'every-transition' | 'newest-state' = 'every-transition';

  /** How often the receiver must be told again of what still holds, milliseconds; undefined where it forgets nothing. */
  readonly repeatEveryMs: number | undefined = undefined;

  constructor(
    /** From the configuration, unique: names the sink's group, its journal and its metrics. */
    readonly name: string,
    readonly type: SinkType,
  ) {}

  /** Whether the sink has anything to say about the alert; what it has not is passed over. */
  abstract concerns(alert: Alert): boolean;

  /** Delivers one transition. Does not reject for what a network or a receiver does. */
  abstract deliver(delivery: Delivery): Promise<SinkAnswer>;

  /** Says again what still holds; called, and to be overridden, where `repeatEveryMs` is set. */
  repeat(alerts: readonly Alert[]): Promise<SinkAnswer> {
    return Promise.reject(new Error(`a sink of type ${this.type} does not repeat (${alerts.length} alerts)`));
  }

  /** Releases what the sink holds. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
