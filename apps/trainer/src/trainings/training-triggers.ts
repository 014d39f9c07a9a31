import { DAY_MS, HOUR_MS } from '#clinical';
import type { ServiceLogger } from '#service';
import { Cron } from 'croner';
import type { DriftKind } from '../drift/assess-drift.js';
import type { DriftPolicy } from '../drift/drift-policy.js';
import type { LocalStays } from './local-stays.js';
import { TrainingRefused, type TrainingDesk, type TrainingRequest } from './training-desk.js';
import type { TrainingJournal } from './training-journal.js';

/** When a training starts without being asked for. */
export interface TriggerOptions {
  /** Cron expression of five or six fields; none when absent. */
  readonly schedule?: string;
  /** IANA name of the time zone in which the expression is read. */
  readonly timeZone: string;
  /** Stays with a known outcome that must have come since the last training; none when absent. */
  readonly afterOutcomes?: number;
  /** Hours between the starts of a training and of the next one for new outcomes. */
  readonly leastHoursBetween: number;
  readonly drift: DriftPolicy['training'];
}

/** What the triggers look at. */
export interface TriggerParts {
  readonly desk: TrainingDesk;
  readonly journal: TrainingJournal;
  readonly stays: LocalStays;
  /** Kinds of drift that are flagged now. */
  readonly flagged: () => readonly DriftKind[];
  readonly logger: ServiceLogger;
}

/**
 * Starts trainings by schedule, by new outcomes and by drift. A time of the schedule that passes while the service is down or a training runs is passed over, not made up for.
 */
export class TrainingTriggers {
  readonly #cron: Cron | undefined;
  #dueAtMs: number | undefined;

  constructor(
    private readonly parts: TriggerParts,
    private readonly options: TriggerOptions,
    nowMs: number,
  ) {
    const { schedule, timeZone } = options;
    this.#cron = schedule === undefined ? undefined : new Cron(schedule, { paused: true, timezone: timeZone });
    this.#dueAtMs = this.#next(nowMs);
  }

  /** When the schedule starts the next training; undefined without one. */
  get dueAtMs(): number | undefined {
    return this.#dueAtMs;
  }

  /** To be called again and again. @returns whether a training was started */
  async tick(nowMs: number): Promise<boolean> {
    const isDue = this.#dueAtMs !== undefined && nowMs >= this.#dueAtMs;
    if (isDue) this.#dueAtMs = this.#next(nowMs);
    if (this.parts.journal.running() !== undefined) return false;
    const request = isDue ? bySchedule() : (this.#byOutcomes(nowMs) ?? this.#byDrift(nowMs));
    if (request === undefined) return false;
    try {
      await this.parts.desk.start(request);
      return true;
    } catch (error) {
      if (!(error instanceof TrainingRefused)) throw error;
      this.parts.logger.info('a training was not started: another one runs', { trigger: request.trigger });
      return false;
    }
  }

  #next(nowMs: number): number | undefined {
    return this.#cron?.nextRun(new Date(nowMs))?.getTime();
  }

  #byOutcomes(nowMs: number): TrainingRequest | undefined {
    const { afterOutcomes, leastHoursBetween } = this.options;
    if (afterOutcomes === undefined || this.#sinceLastMs(nowMs) < leastHoursBetween * HOUR_MS) return undefined;
    const { deaths, survivors } = this.parts.stays.summary();
    // one that was declined waits for as many again; one that failed is tried again when its time has come
    const last = this.parts.journal.all().findLast(({ state }) => state === 'finished' || state === 'declined');
    const come = deaths + survivors - (last?.knownOutcomes ?? 0);
    return come < afterOutcomes
      ? undefined
      : { trigger: 'outcomes', by: 'trainer', why: `${come} outcomes have come since the last training` };
  }

  #byDrift(nowMs: number): TrainingRequest | undefined {
    const { trigger, leastDaysBetween } = this.options.drift;
    if (!trigger || this.#sinceLastMs(nowMs) < leastDaysBetween * DAY_MS) return undefined;
    const kinds = this.parts.flagged();
    return kinds.length === 0
      ? undefined
      : { trigger: 'drift', by: 'trainer', why: `drift of ${kinds.join(', ')} is flagged` };
  }

  #sinceLastMs(nowMs: number): number {
    const last = this.parts.journal.all().at(-1);
    return last === undefined ? Infinity : nowMs - last.startedAtMs;
  }
}

function bySchedule(): TrainingRequest {
  return { trigger: 'schedule', by: 'trainer', why: 'the schedule says so' };
}

/** Whether an expression is one that the schedule understands; the reason when it is not. */
export function scheduleProblem(expression: string, timeZone: string): string | undefined {
  try {
    const next = new Cron(expression, { paused: true, timezone: timeZone }).nextRun();
    return next === null ? 'it never comes' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
