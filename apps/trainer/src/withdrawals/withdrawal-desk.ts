import type { ServiceLogger } from '#service';
import type { EventLog } from '#stream';
import { publishWithdrawal, stayDigest, type TrainingSet } from '#training-set';
import type { StayWithdrawn } from '#wire';
import type { TrainingJournal } from '../trainings/training-journal.js';

/** Which stay nothing may be learned from any more, and who says so. */
export interface WithdrawalRequest {
  readonly stayId: string;
  readonly by: string;
  /** Stands in the trainer's log beside the digest of the stay's id. */
  readonly why?: string | undefined;
  readonly reason: StayWithdrawn['reason'];
}

/** What a withdrawal that stands on the log leads to. */
export interface WithdrawalAnswer {
  readonly stayId: string;
  readonly atMs: number;
  /** `held`: the training set holds the stay and will lose it; `not-held`: it does not, and never will; `withdrawn`: it was withdrawn before. */
  readonly trainingSet: 'held' | 'not-held' | 'withdrawn';
  /** What will happen, in a sentence or two. */
  readonly next: string;
  /** A training that works on a copy of the stays from before. */
  readonly runningTraining?: string;
}

/** What the desk works with. */
export interface WithdrawalParts {
  readonly log: EventLog;
  readonly stays: TrainingSet;
  readonly journal: TrainingJournal;
  readonly logger: ServiceLogger;
  readonly nowMs: () => number;
}

const NEXT = {
  held: 'The scorer takes its record off stay-outcomes, the training set forgets it within a minute after that, and no later training learns from it.',
  'not-held':
    'The training set does not hold this stay: look whether the id is right. Should it come, now or when it ends, it stays out.',
  withdrawn: 'It was withdrawn before: nothing changes.',
} as const;

/** Takes withdrawals and puts them on the log, from where scorer and training set do the rest. They cannot be taken back. */
export class WithdrawalDesk {
  constructor(private readonly parts: WithdrawalParts) {}

  /** Resolves when the withdrawal is durable on the log. @throws EventLogError when the log does not take it: then nothing has happened */
  async withdraw({ stayId, by, why, reason }: WithdrawalRequest): Promise<WithdrawalAnswer> {
    const { log, stays, journal, logger, nowMs } = this.parts;
    const atMs = Math.floor(nowMs());
    await publishWithdrawal(log, { stayId, reason, atMs });
    const trainingSet = stays.isWithdrawn(stayId) ? 'withdrawn' : stays.stayIds().has(stayId) ? 'held' : 'not-held';
    logger.info('a stay was withdrawn', { stayDigest: stayDigest(stayId), by, why, reason, trainingSet });
    const running = journal.running()?.id;
    const copy = ` Training ${running} runs on a copy that may hold it: DELETE /trainings/${running} ends it and removes the copy.`;
    return {
      ...{ stayId, atMs, trainingSet },
      next: running === undefined ? NEXT[trainingSet] : `${NEXT[trainingSet]}${copy}`,
      ...(running === undefined ? {} : { runningTraining: running }),
    };
  }
}
