import { DAY_MS, HOUR_MS } from '#clinical';
import type { TrainingReference } from '#model';
import type { RiskScore } from '#wire';
import { z } from 'zod';
import { countOutcome, countScore, driftDaySchema, emptyDay, type DriftDay } from './drift-day.js';

/** Days that are kept, the newest. */
const KEPT_DAYS = 42;
/** Stays that are remembered, with their last risk until their outcome comes; beyond, the one that was seen longest ago is forgotten. */
const KEPT_STAYS = 20_000;
/** Sample of a stay whose outcome was counted: none comes after it, so that what is read again from the log counts once. */
const ENDED = 1_000_000_000;

/** The release that is watched. */
export interface WatchedRelease {
  readonly releaseId: string;
  readonly reference: TrainingReference;
}

/** A ledger as it is written to disk. The pseudonyms of stays in it stand in no log line, metric or answer. */
export const driftLedgerSchema = z.strictObject({
  releaseId: z.string(),
  days: z.array(driftDaySchema),
  /** Stay, number of its last sample, its last risk. */
  stays: z.array(z.tuple([z.string(), z.int(), z.number().nullable()])),
});

/** What {@link DriftLedger} writes down. */
export type DriftLedgerState = z.infer<typeof driftLedgerSchema>;

/** What became of a score or an outcome. */
export type LedgerOutcome = 'counted' | 'other-release' | 'other-hours' | 'sampled-already' | 'never-scored';

/**
 * Running counts of what a release meets, by day of the log's clock (never the wall clock's, so that a replay counts alike). Bounded: 42 days, 20,000 stays.
 */
export class DriftLedger {
  readonly #days = new Map<number, DriftDay>();
  readonly #stays = new Map<string, { sample: number; risk: number | null }>();

  /** @param state of a ledger of the same release; of another it is left aside */
  constructor(
    readonly watched: WatchedRelease,
    private readonly sampleEveryHours: number,
    state?: DriftLedgerState,
  ) {
    if (state?.releaseId !== watched.releaseId || !fits(state, watched.reference)) return;
    for (const day of state.days) this.#days.set(day.day, structuredClone(day));
    for (const [stay, sample, risk] of state.stays) this.#stays.set(stay, { sample, risk });
  }

  /** Counts the first score of a stay in each stretch of hours, if the watched release gave it within the hours that it was trained on. */
  takeScore(score: RiskScore): LedgerOutcome {
    const { releaseId, reference } = this.watched;
    if (score.releaseId !== releaseId) return 'other-release';
    const hours = (score.dueAtMs - score.admittedAtMs) / HOUR_MS;
    if (hours < reference.hours.from || hours > reference.hours.to) return 'other-hours';
    const sample = Math.floor(hours / this.sampleEveryHours);
    const known = this.#stays.get(score.stayId);
    if (known !== undefined && sample <= known.sample) return 'sampled-already';
    countScore(this.#day(score.dueAtMs), reference, score);
    this.#remember(score.stayId, sample, score.risk?.median ?? known?.risk ?? null);
    return 'counted';
  }

  /** Sets the outcome of a stay beside its last sampled risk, once; a stay that was never scored by the release says nothing about it. */
  takeOutcome(stayId: string, died: boolean, knownAtMs: number): LedgerOutcome {
    const risk = this.#stays.get(stayId)?.risk ?? null;
    if (risk === null) return 'never-scored';
    this.#remember(stayId, ENDED, null);
    countOutcome(this.#day(knownAtMs), risk, died);
    return 'counted';
  }

  /** Oldest first. */
  days(): readonly DriftDay[] {
    return [...this.#days.values()].sort((a, b) => a.day - b.day);
  }

  /** The newest day that was counted on; undefined before the first. */
  newestDay(): number | undefined {
    return this.days().at(-1)?.day;
  }

  state(): DriftLedgerState {
    return {
      releaseId: this.watched.releaseId,
      days: structuredClone([...this.days()]),
      stays: [...this.#stays].map(([stay, { sample, risk }]) => [stay, sample, risk]),
    };
  }

  #day(atMs: number): DriftDay {
    const number = Math.floor(atMs / DAY_MS);
    let day = this.#days.get(number);
    if (day !== undefined) return day;
    this.#days.set(number, (day = emptyDay(number, this.watched.reference)));
    for (const old of this.days().slice(0, -KEPT_DAYS)) this.#days.delete(old.day);
    return day;
  }

  #remember(stayId: string, sample: number, risk: number | null): void {
    this.#stays.delete(stayId);
    this.#stays.set(stayId, { sample, risk });
    if (this.#stays.size > KEPT_STAYS) this.#stays.delete(this.#stays.keys().next().value!);
  }
}

/** Whether the counts have the bins of the reference; a release that was written anew under its old name has others. */
function fits({ days }: DriftLedgerState, reference: TrainingReference): boolean {
  const shape = (day: DriftDay): string =>
    JSON.stringify([day.risk.length, Object.entries(day.signals).map(([name, { bins }]) => [name, bins.length])]);
  const expected = shape(emptyDay(0, reference));
  return days.every((day) => shape(day) === expected);
}
