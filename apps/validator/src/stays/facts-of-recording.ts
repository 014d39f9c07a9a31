import { HOUR_MS } from '#clinical';
import type { LogRecord } from '#stream';
import {
  decodeData,
  DISCHARGE_CANCELLED,
  ADMISSION_CANCELLED,
  eventType,
  outcomeOf,
  STAY_ADMITTED,
  STAY_ENDED,
  STAY_MERGED,
  STAY_WITHDRAWN,
  stayAdmittedSchema,
  stayEndedSchema,
} from '#wire';
import type { StayFacts } from './stay-facts.js';

interface StayLife {
  admittedAtMs?: number;
  endedAtMs?: number;
  died?: boolean;
  lastRecordMs: number;
}

/** Facts of stays as the events of their lives tell them; what is known at the end of the recording counts. */
export class RecordedLives {
  private readonly lives = new Map<string, StayLife>();

  /** Takes one record of `bedside-events` in. */
  take({ key, headers, value, timestampMs }: LogRecord): void {
    const type = eventType(headers);
    // These stays are given up: nobody is to be judged on them.
    if (type === ADMISSION_CANCELLED || type === STAY_MERGED || type === STAY_WITHDRAWN) {
      this.lives.delete(key);
      return;
    }
    const life = this.lives.get(key) ?? { lastRecordMs: timestampMs };
    this.lives.set(key, life);
    life.lastRecordMs = Math.max(life.lastRecordMs, timestampMs);
    if (type === STAY_ADMITTED) {
      const admitted = decodeData(stayAdmittedSchema, value);
      if (admitted.ok) life.admittedAtMs = admitted.data.admittedAtMs;
    } else if (type === STAY_ENDED) {
      const ended = decodeData(stayEndedSchema, value);
      if (!ended.ok) return;
      const outcome = outcomeOf(ended.data);
      life.endedAtMs = ended.data.endedAtMs;
      if (outcome !== undefined) life.died = outcome === 'died';
    } else if (type === DISCHARGE_CANCELLED) {
      delete life.endedAtMs;
      delete life.died;
    }
  }

  /** Facts of the stays whose admission is in the recording; others cannot be scored. A person is taken for each stay. */
  facts(): Map<string, StayFacts> {
    const known = [...this.lives].flatMap(([stayId, { admittedAtMs, endedAtMs, died, lastRecordMs }]) => {
      if (admittedAtMs === undefined) return [];
      const endHours = Math.max(0, (endedAtMs ?? lastRecordMs) - admittedAtMs) / HOUR_MS;
      const recordedHours = Math.max(0, lastRecordMs - admittedAtMs) / HOUR_MS;
      const facts: StayFacts = {
        stayId,
        patientId: stayId,
        endHours,
        recordedHours,
        ...(died === undefined ? {} : { died }),
      };
      return [[stayId, facts] as const];
    });
    return new Map(known);
  }
}
