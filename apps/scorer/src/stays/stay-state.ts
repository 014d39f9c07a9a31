import type { Stay, StayOutcome } from '#clinical';
import type { StayWindow } from '#windows';
import type { Disposition } from '#wire';

/** When a stay was due last, and what is waiting to make it due. Decided by the log alone. */
export interface DueState {
  /** Event time of the last due, epoch milliseconds; absent before the first. */
  readonly lastDueAtMs?: number;
  /** Whether the window was above the floor at the last accepted observation. */
  readonly scorable: boolean;
  /** Log time at which a laboratory bin changed since the last due, or at which the window of another stay was joined. */
  readonly laboratoryChangedAtMs?: number;
}

/** How far a stay has been read; everything that is known of it is a function of the log up to `nextOffset`. */
export interface Standing {
  /** First record of the partition that is not yet contained. */
  nextOffset: bigint;
  /** Log time of the stay's newest record, epoch milliseconds. */
  lastRecordAtMs: number;
}

/** What is known of a stay, whether it goes on or has ended. */
export interface StayFacts extends Standing {
  stay: Stay;
  due: DueState;
  /** Stays that were merged into this one, and those that they had taken up. */
  priorStayIds: readonly string[];
  /** Log time of the newest message about the stay's life that counted; an older one was sent twice. */
  lifeAtMs: number;
  /** `atMs` of the cancellation that reopened the stay last. */
  reopenedAtMs?: number;
  /** Nothing may be learned from it. */
  withdrawn: boolean;
}

/** What the scorer knows of a stay that goes on. */
export interface StayState extends StayFacts {
  readonly window: StayWindow;
}

/** How a stay ended, as far as it is known. No field of it can reach a window or a model. */
export interface StayEnd {
  readonly endedAtMs: number;
  readonly outcome?: StayOutcome;
  /** Log time of the message that told the outcome. */
  readonly outcomeKnownAtMs?: number;
  readonly disposition?: Disposition;
}

/** A stay that ended: kept with its window while its discharge may be cancelled, and without for an outcome that becomes known later. */
export interface EndedStay extends StayFacts {
  readonly window?: StayWindow;
  end: StayEnd;
}

/** What is kept of a stay that was given up, so that its records are told apart from those of an unknown stay. */
export interface GivenUpStay extends Standing {
  readonly stayId: string;
  /** `ended` stands for a stay that ended under a build that kept nothing of it. */
  readonly fate: 'cancelled' | 'merged' | 'ended';
  /** Whom it was merged into. */
  readonly survivorStayId?: string;
  withdrawn: boolean;
}
