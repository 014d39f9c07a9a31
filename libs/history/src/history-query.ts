import type { SignalId } from '#clinical';
import type { HistoryPoint } from './history-point.js';

/** Which points of one stay to read. */
export interface HistoryQuery {
  readonly stayId: string;
  readonly kind: HistoryPoint['kind'];
  /** Inclusive, epoch milliseconds. */
  readonly fromMs: number;
  /** Exclusive, epoch milliseconds. */
  readonly toMs: number;
  /** Only these signals; observations only. */
  readonly signals?: readonly SignalId[];
}
