import type { EventLog } from '#stream';
import type { ProgressStore } from './progress-store.js';
import type { ReplayClock } from './replay-clock.js';
import type { Survey } from './survey-stays.js';
import type { StaySource } from './stay-source.js';

/** What to replay, where to and how. */
export interface ReplayOptions {
  readonly source: StaySource;
  readonly log: EventLog;
  /** Which log this is, in words: a position is kept with it, and another log does not go on there. @default nobody asks */
  readonly logName?: string;
  readonly clock: ReplayClock;
  readonly progressStore: ProgressStore;
  /** Simulated seconds a second; Infinity for as fast as the log takes it. @default Infinity */
  readonly speed?: number;
  /** Simulated time from the first admission that is replayed as fast as the log takes it before `speed` applies. @default 0 */
  readonly fastForwardMs?: number;
  /** When the first stay is admitted. @default so that the last event lies just in the past */
  readonly anchorMs?: number;
  /** Time between two admissions. @default 0 */
  readonly staggerMs?: number;
  /** @default 20 */
  readonly wardSize?: number;
  /** Put before every stay's id. @default '' */
  readonly stayIdPrefix?: string;
  /** Go on where the saved position stands; starts anew when there is none. @default false */
  readonly resume?: boolean;
  /** Most events in one append. @default 1000 */
  readonly maxBatchEvents?: number;
  /** Called once when it is known what will be replayed. */
  readonly onPlan?: (survey: Survey) => void;
}
