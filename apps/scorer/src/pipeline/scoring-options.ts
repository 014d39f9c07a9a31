import type { Registry } from 'prom-client';
import type { EventLog } from '#stream';
import type { HistoryStore } from '#history';
import type { ScoreDetail } from '#model';
import type { ServiceLogger } from '#service';
import type { ServedReleases } from '../releases/served-releases.js';
import type { OverloadRule } from './score-queue.js';

/** How the scorer decides and what it may hold. */
export interface ScoringOptions {
  /**
   * Smallest advance of a stay's event time between two of its scores, milliseconds.
   *
   * Lower values show a change sooner and cost proportionally more inference. Below 60_000 most monitors send no new value, so
   * scores repeat. Part of what is scored: two scorers with different values score different windows.
   *
   * @default 300_000
   */
  readonly scoreEveryMs?: number;
  /**
   * Whether a complete laboratory panel, or a joined window, makes a stay due before its time. Part of what is scored; without, scores are at even
   * distances, as in studies that score every hour.
   *
   * @default true
   */
  readonly panels?: boolean;
  /**
   * What happens to due windows when the queue is full. `supersede` keeps up with the present and counts what it passed over;
   * `wait` scores every due window and lets the log wait, for replays and validation.
   *
   * @default 'supersede'
   */
  readonly overload?: OverloadRule;
  /**
   * Due windows that may wait for the model; about 30 KiB each.
   * @default 512
   */
  readonly queueWindows?: number;
  /**
   * Windows that a worker is handed at once.
   * @default 16
   */
  readonly batchWindows?: number;
  /**
   * `risk` publishes scores without contributions and imputed values, in half the time and with the same bytes of risk: for a validation.
   *
   * @default 'whole'
   */
  readonly detail?: ScoreDetail;
  /**
   * Stays held at most, ended ones included; about 24 KiB each. An admission beyond ends as `over-capacity`.
   * @default 10_000
   */
  readonly maxStays?: number;
  /**
   * Touched stays of a partition after which the barrier runs without waiting for its time.
   * @default 4_000
   */
  readonly flushAtTouched?: number;
}

/** What the scorer works with. */
export interface ScoringParts {
  readonly log: EventLog;
  readonly history: HistoryStore;
  readonly served: ServedReleases;
  readonly logger: ServiceLogger;
  readonly metrics: Registry;
  /** Waits before the history is tried again. */
  readonly wait: (ms: number) => Promise<void>;
  /** Called once when something unexpected happened: nothing more is published, the process should stop and start again. */
  readonly onFailure: (error: Error) => void;
}

/** Every option with its default filled in. */
export function withDefaults(options: ScoringOptions): Required<ScoringOptions> {
  const filled = {
    scoreEveryMs: 300_000,
    panels: true,
    overload: 'supersede' as const,
    queueWindows: 512,
    batchWindows: 16,
    detail: 'whole' as const,
    maxStays: 10_000,
    flushAtTouched: 4_000,
  };
  return { ...filled, ...options };
}
