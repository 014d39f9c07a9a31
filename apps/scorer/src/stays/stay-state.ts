import type { Stay } from '#clinical';
import type { StayWindow } from '#windows';

/** When a stay was due last, and what is waiting to make it due. Decided by the log alone. */
export interface DueState {
  /** Event time of the last due, epoch milliseconds; absent before the first. */
  readonly lastDueAtMs?: number;
  /** Whether the window was above the floor at the last accepted observation. */
  readonly scorable: boolean;
  /** Log time at which a laboratory bin changed since the last due. */
  readonly laboratoryChangedAtMs?: number;
}

/** What the scorer knows of a stay that goes on. Everything here is a function of the log up to `nextOffset`. */
export interface StayState {
  stay: Stay;
  readonly window: StayWindow;
  due: DueState;
  /** First record of the partition that is not yet contained. */
  nextOffset: bigint;
  /** Log time of the stay's newest record, epoch milliseconds. */
  lastRecordAtMs: number;
}

/** What is kept of a stay that ended, so that records that come after it are told apart from those of an unknown stay. */
export interface EndedStay {
  readonly stayId: string;
  readonly endedAtMs: number;
  readonly nextOffset: bigint;
  readonly lastRecordAtMs: number;
}
