import { DAY_MS } from '#clinical';
import { readManifest } from '#model';
import type { ServiceLogger } from '#service';
import type { LogRecord } from '#stream';
import { completedStaySchema, decodeData, eventType, RISK_SCORE, riskScoreSchema, STAY_OUTCOME, TOPICS } from '#wire';
import { readFile } from 'node:fs/promises';
import { ShelfUnavailable, type ReleaseShelf } from '../trainings/release-shelf.js';
import { writeDurably } from '../trainings/write-durably.js';
import { assessDrift, flaggedKinds, type DriftAssessment, type DriftKind } from './assess-drift.js';
import { DriftLedger, driftLedgerSchema, type DriftLedgerState, type LedgerOutcome } from './drift-ledger.js';
import type { DriftPolicy } from './drift-policy.js';

/** What became of a record, one of a closed set. */
export const DRIFT_OUTCOMES = [
  'counted',
  'other-release',
  'other-hours',
  'counted-already',
  'waiting',
  'no-reference',
  'outcome-unknown',
  'removed',
  'type-unknown',
  'malformed',
] as const;

/** One of {@link DRIFT_OUTCOMES}. */
export type DriftOutcome = (typeof DRIFT_OUTCOMES)[number];

/** What a drift watch is made with. */
export interface DriftWatchParts {
  readonly shelf: ReleaseShelf;
  readonly policy: DriftPolicy;
  /** File of the counts, for the next start. */
  readonly path: string;
  readonly logger: ServiceLogger;
  readonly onOutcome: (outcome: DriftOutcome) => void;
}

/** What is known of drift, without any person. */
export interface DriftReport {
  readonly policy: string;
  /** The release that is watched; absent until the registry has answered. */
  readonly releaseId?: string;
  /** `absent`: the release carries no distributions of its training, so nothing can be compared. */
  readonly reference: 'present' | 'absent' | 'unknown';
  readonly flagged: readonly DriftKind[];
  /** Of the newest days; absent before the first score. */
  readonly assessment?: DriftAssessment;
  /** Oldest first. */
  readonly days: readonly {
    readonly date: string;
    readonly scores: number;
    readonly outcomes: number;
    readonly deaths: number;
    readonly expected: number;
  }[];
}

/** Watches the champion: counts its scores and their outcomes, and says where they leave the release's reference. */
export class DriftWatch {
  #releaseId: string | undefined;
  #ledger: DriftLedger | undefined;
  #stored: DriftLedgerState | undefined;
  #hasStored = false;
  #isAway = false;
  #look: Promise<void> | undefined;

  constructor(private readonly parts: DriftWatchParts) {}

  /**
   * Looks which release is served, and starts to count anew when it is another one. While the registry is away it goes on as before. One look at a time: who
   * asks meanwhile gets the same.
   */
  follow(): Promise<void> {
    return (this.#look ??= this.#follow().finally(() => (this.#look = undefined)));
  }

  async #follow(): Promise<void> {
    const { shelf, policy, logger } = this.parts;
    try {
      const served = await shelf.championId();
      this.#isAway = false;
      if (served === this.#releaseId) return;
      const { releaseId, directory } = await shelf.champion();
      const { reference } = await readManifest(directory);
      await this.#readStored();
      this.#ledger = reference && new DriftLedger({ releaseId, reference }, policy.sampleEveryHours, this.#stored);
      this.#releaseId = releaseId;
      logger.info('drift is watched', { releaseId, reference: reference === undefined ? 'absent' : 'present' });
    } catch (error) {
      if (!(error instanceof ShelfUnavailable)) throw error;
      if (!this.#isAway) logger.warn('the registry is away; which release is watched stays as it was');
      this.#isAway = true;
    }
  }

  /** Takes in records of `risk-scores` and `stay-outcomes`. Taking one again changes nothing. */
  take(records: readonly LogRecord[]): void {
    for (const record of records) this.parts.onOutcome(this.#takeOne(record));
  }

  /** Resolves when what was counted is durable; offsets may be committed then. */
  async save(): Promise<void> {
    if (this.#ledger !== undefined) await writeDurably(this.parts.path, JSON.stringify(this.#ledger.state()));
  }

  /** Kinds of drift that are flagged now. */
  flagged(): readonly DriftKind[] {
    const ledger = this.#ledger;
    const day = ledger?.newestDay();
    if (ledger === undefined || day === undefined) return [];
    return flaggedKinds(ledger.watched.reference, ledger.days(), this.parts.policy, day);
  }

  assessment(): DriftAssessment | undefined {
    const ledger = this.#ledger;
    const day = ledger?.newestDay();
    if (ledger === undefined || day === undefined) return undefined;
    return assessDrift(ledger.watched.reference, ledger.days(), this.parts.policy, day);
  }

  report(): DriftReport {
    const assessment = this.assessment();
    return {
      policy: this.parts.policy.policy,
      ...(this.#releaseId === undefined ? {} : { releaseId: this.#releaseId }),
      reference: this.#releaseId === undefined ? 'unknown' : this.#ledger === undefined ? 'absent' : 'present',
      flagged: this.flagged(),
      ...(assessment === undefined ? {} : { assessment }),
      days: (this.#ledger?.days() ?? []).map(({ day, scores, outcomes, deaths, expected }) => ({
        date: new Date(day * DAY_MS).toISOString().slice(0, 10),
        ...{ scores, outcomes, deaths, expected },
      })),
    };
  }

  #takeOne(record: LogRecord): DriftOutcome {
    if (record.value === null) return 'removed';
    const type = eventType(record.headers);
    if (record.topic === TOPICS.riskScores && type === RISK_SCORE) {
      const score = decodeData(riskScoreSchema, record.value);
      return score.ok ? this.#counted((ledger) => ledger.takeScore(score.data)) : 'malformed';
    }
    if (record.topic !== TOPICS.stayOutcomes || type !== STAY_OUTCOME) return 'type-unknown';
    const stay = decodeData(completedStaySchema, record.value);
    if (!stay.ok) return 'malformed';
    const { stayId, outcome, outcomeKnownAtMs, endedAtMs } = stay.data;
    if (outcome === 'unknown') return 'outcome-unknown';
    return this.#counted((ledger) => ledger.takeOutcome(stayId, outcome === 'died', outcomeKnownAtMs ?? endedAtMs));
  }

  #counted(take: (ledger: DriftLedger) => LedgerOutcome): DriftOutcome {
    return this.#ledger === undefined ? 'no-reference' : take(this.#ledger);
  }

  /** Counts of an earlier start, read once. A file that is damaged is left aside: counting starts anew. */
  async #readStored(): Promise<void> {
    if (this.#hasStored) {
      this.#stored = undefined;
      return;
    }
    this.#hasStored = true;
    const text = await readFile(this.parts.path, 'utf8').catch(() => undefined);
    if (text === undefined) return;
    const read = driftLedgerSchema.safeParse(jsonOf(text));
    if (read.success) this.#stored = read.data;
    else this.parts.logger.warn('the counts of drift cannot be read; they start anew');
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
