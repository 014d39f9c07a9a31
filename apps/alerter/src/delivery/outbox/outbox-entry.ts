import type { Delivery } from '../alert-sink.js';
import type { PartitionProgress } from './partition-progress.js';

/** How deliveries end; the set is closed and each is counted. */
export const DELIVERY_ENDS = [
  'delivered',
  /** The receiver will never take it: a dead letter. */
  'refused',
  /** As many attempts as there may be have failed: a dead letter. */
  'exhausted',
  /** A newer state of the same alert took its place, at a sink that holds states. */
  'superseded',
  /** It was delivered or given up before. */
  'already-ended',
  /** The sink's filter, or its kind, passes it over. */
  'passed-over',
  /** The record is no alert. */
  'malformed',
] as const;

/** One of {@link DELIVERY_ENDS}. */
export type DeliveryEnd = (typeof DELIVERY_ENDS)[number];

/** A verdict that is still to be made durable. */
export interface Verdict {
  readonly end: 'delivered' | 'refused' | 'exhausted' | 'already-ended';
  readonly detail?: string;
}

/** A delivery that waits at a sink. */
export interface OutboxEntry extends Delivery {
  readonly progress: PartitionProgress;
  readonly partition: number;
  readonly offset: bigint;
  /** Log timestamp of the record. */
  readonly timestampMs: number;
  /** Wall clock, epoch milliseconds. */
  readonly takenAtMs: number;
  attempts: number;
  /** Attempts that failed while the sink was not known to be away; as many as there may be end the delivery. */
  failures: number;
  /** What went wrong with the last attempt. */
  problem: string | undefined;
  verdict: Verdict | undefined;
}
