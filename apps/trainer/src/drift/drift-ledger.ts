import { DAY_MS, HOUR_MS } from '#clinical';
import type { TrainingReference } from '#model';
import type { RiskScore } from '#wire';
import { z } from 'zod';
import { countOutcome, countScore, driftDaySchema, emptyDay, type DriftDay } from './drift-day.js';

/** Days that are kept, the newest. */
const KEPT_DAYS = 42;
/** Stays that are remembered, with their last risk until their outcome comes; beyond, the one that was seen longest ago is forgotten. */
const KEPT_STAYS = 20_000;

/** The release that is watched. */
export interface WatchedRelease {
  readonly releaseId: string;
  readonly reference: TrainingReference;
}

/** Null before it came; [died, known at] while no risk of the stay has come. */
const outcomeSchema = z.union([z.null(), z.literal('counted'), z.tuple([z.boolean(), z.int()])]);

/** A ledger as it is written to disk. The pseudonyms of stays in it stand in no log line, metric or answer. */
export const driftLedgerSchema = z.strictObject({
  releaseId: z.string(),
  days: z.array(driftDaySchema),
  /** Stay, number of its last sample (-1 before the first), its last risk, and its outcome: counted, or waiting for a risk. */
  stays: z.array(z.tuple([z.string(), z.int(), z.number().nullable(), outcomeSchema])),
});

/** What {@link DriftLedger} writes down. */
export type DriftLedgerState = z.infer<typeof driftLedgerSchema>;

/** What became of a score or an outcome. */
export type LedgerOutcome = 'counted' | 'other-release' | 'other-hours' | 'counted-already' | 'waiting';

/** What is remembered of a stay. */
interface RememberedStay {
  readonly sample: number;
  readonly risk: number | null;
  readonly outcome: z.infer<typeof outcomeSchema>;
}

const UNSEEN: RememberedStay = { sample: -1, risk: null, outcome: null };

/**
 * Running counts of what a release meets, by day of the log's clock (never the wall clock's, so that a replay counts alike). Bounded: 42 days, 20,000 stays.
 */
export class DriftLedger {
  readonly #days = new Map<number, DriftDay>();
  readonly #stays = new Map<string, RememberedStay>();

  /** @param state of a ledger of the same release; of another it is left aside */
  constructor(
    readonly watched: WatchedRelease,
    private readonly sampleEveryHours: number,
    state?: DriftLedgerState,
  ) {
    if (state?.releaseId !== watched.releaseId || !fits(state, watched.reference)) return;
    for (const day of state.days) this.#days.set(day.day, structuredClone(day));
    for (const [stay, sample, risk, outcome] of state.stays) this.#stays.set(stay, { sample, risk, outcome });
  }

  /** Counts the first score of a stay in each stretch of hours, if the watched release gave it within the hours that it was trained on. */
  takeScore(score: RiskScore): LedgerOutcome {
    const { releaseId, reference } = this.watched;
    if (score.releaseId !== releaseId) return 'other-release';
    const hours = (score.dueAtMs - score.admittedAtMs) / HOUR_MS;
    if (hours < reference.hours.from || hours > reference.hours.to) return 'other-hours';
    const sample = Math.floor(hours / this.sampleEveryHours);
    const known = this.#stays.get(score.stayId) ?? UNSEEN;
    if (sample <= known.sample) return 'counted-already';
    countScore(this.#day(score.dueAtMs), reference, score);
    const risk = score.risk?.median ?? known.risk;
    this.#remember(score.stayId, { sample, risk, outcome: this.#settle(risk, known.outcome) });
    return 'counted';
  }

  /**
   * Sets the outcome of a stay beside its last sampled risk, once. Scores and outcomes come by two topics without an order between them: an outcome that is read before any
   * score of its stay waits for the first.
   */
  takeOutcome(stayId: string, died: boolean, knownAtMs: number): LedgerOutcome {
    const known = this.#stays.get(stayId) ?? UNSEEN;
    if (known.outcome === 'counted') return 'counted-already';
    const outcome = this.#settle(known.risk, [died, knownAtMs]);
    this.#remember(stayId, { ...known, outcome });
    return outcome === 'counted' ? 'counted' : 'waiting';
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
      stays: [...this.#stays].map(([stay, { sample, risk, outcome }]) => [stay, sample, risk, outcome]),
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

  /** Counts an outcome that waits, as soon as there is a risk to set it beside. */
  #settle(risk: number | null, outcome: RememberedStay['outcome']): RememberedStay['outcome'] {
    if (risk === null || outcome === null || outcome === 'counted') return outcome;
    const [died, knownAtMs] = outcome;
    countOutcome(this.#day(knownAtMs), risk, died);
    return 'counted';
  }

  #remember(stayId: string, stay: RememberedStay): void {
    this.#stays.delete(stayId);
    this.#stays.set(stayId, stay);
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
