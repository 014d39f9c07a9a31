import type { AlertRecord, StayAlerts } from '#alerting';
import type { ReadTopic } from '../alerter-topics.js';

/** A stay as the alerter holds it. */
export interface StayEntry {
  state: StayAlerts;
  /** Of each topic the first record of the stay that `state` does not contain. */
  readonly next: Partial<Record<ReadTopic, bigint>>;
  /** Grows with every input that `state` contains; of two snapshots the one with the greater revision counts. */
  revision: number;
  /** Transitions that are decided and perhaps not yet published. */
  outbox: AlertRecord[];
  /** When time alone will next change something; Infinity when it will not, -Infinity when that is to be found out. */
  dueMs: number;
  /** Barriers that the stay has passed untouched. */
  quietBarriers: number;
}
