import type { Observation } from '#clinical';
import type { LogRecord, OutgoingRecord } from '#stream';
import type { PartitionStays } from '../stays/partition-stays.js';
import { passed, rejected, type Rejection, type StepResult } from './step-result.js';

/** What came of a message about a stay's life. */
export interface LifeChange {
  readonly outcome: 'applied' | 'duplicate' | 'outranked';
  /** A message for another stay's partition that follows from this one; published before this one is committed. */
  readonly followUp?: OutgoingRecord;
  /** Observations of a prior stay that the stay's window took up. */
  readonly joined?: readonly Observation[];
}

export type LifeResult = StepResult<LifeChange>;

export const APPLIED: LifeResult = passed({ outcome: 'applied' });
export const DUPLICATE: LifeResult = passed({ outcome: 'duplicate' });
export const OUTRANKED: LifeResult = passed({ outcome: 'outranked' });

/** Whether a message is older by its log timestamp than what the stay has been through since: it was sent twice. */
export function isOutdated({ lifeAtMs }: { readonly lifeAtMs: number }, { timestampMs }: LogRecord): boolean {
  return timestampMs < lifeAtMs;
}

/** Why there is no stay that goes on under this id. */
export function absent(stays: PartitionStays, stayId: string): Rejection {
  if (stays.past(stayId)) return rejected('stay-ended', 'the stay has ended; expected no more records of it');
  switch (stays.givenUp.get(stayId)?.fate) {
    case 'merged':
      return rejected('stay-merged', 'the stay was merged into another; send its records under the survivor');
    case 'cancelled':
      return rejected('stay-cancelled', 'the admission of the stay was cancelled; admit it under a new stay id');
    case 'ended':
      return rejected('stay-ended', 'the stay has ended; expected no more records of it');
    default:
      return rejected(
        'stay-unknown',
        'no admission of this stay was read before; expected it earlier on the same partition',
      );
  }
}
