import { HOUR_MS, type Observation } from '#clinical';
import { encodeWindow, stayDays } from '#windows';
import type { LogRecord } from '#stream';
import {
  encodeEvent,
  REMOVED_BECAUSE_HEADER,
  STAY_OUTCOME,
  TOPICS,
  type CompletedStay,
  type RemovalReason,
} from '#wire';

/** Admission time of the stays, unless said otherwise. */
export const ADMITTED_AT_MS = Date.UTC(2026, 9, 30, 6);

/** A heart rate an hour, 60 and up. */
export function hourlyHeartRates(hours: number, admittedAtMs = ADMITTED_AT_MS): Observation[] {
  return Array.from({ length: hours }, (_, hour) => {
    const effectiveAtMs = admittedAtMs + hour * HOUR_MS;
    return { signal: 'heart-rate', value: 60 + hour, effectiveAtMs, availableAtMs: effectiveAtMs, source: 'monitor' };
  });
}

/** A stay that ended after thirty hours with a heart rate an hour, as the scorer publishes it. */
export function completedStay(
  stayId: string,
  more: Partial<CompletedStay> = {},
  observations: readonly Observation[] = hourlyHeartRates(30, more.admittedAtMs),
): CompletedStay {
  const admittedAtMs = more.admittedAtMs ?? ADMITTED_AT_MS;
  return {
    ...{ stayId, site: 's', ward: 'w', bed: 'b', static: { ageYears: 61, sex: 'female' } },
    ...{ admittedAtMs, endedAtMs: admittedAtMs + 30 * HOUR_MS },
    ...{ outcome: 'survived', outcomeKnownAtMs: admittedAtMs + 30 * HOUR_MS, priorStayIds: [] },
    days: stayDays(admittedAtMs, observations).map(({ day, window }) => {
      return { day, windowBase64: Buffer.from(encodeWindow(window)).toString('base64') };
    }),
    omittedDays: 0,
    ...more,
  };
}

/** The record of a completed stay, or its tombstone. */
export function outcomeRecord(stay: CompletedStay | { stayId: string; removed: RemovalReason }, offset = 0): LogRecord {
  const key = stay.stayId;
  const place = { topic: TOPICS.stayOutcomes, partition: 0, offset: BigInt(offset) };
  if ('removed' in stay) {
    return { ...place, key, value: null, headers: { [REMOVED_BECAUSE_HEADER]: stay.removed }, timestampMs: 7 };
  }
  const attributes = { type: STAY_OUTCOME, source: '/spec', id: key, key, timeMs: stay.endedAtMs };
  return { ...place, ...encodeEvent(attributes, stay) };
}

/** A stay for a number: twelve of them, each again and again, with an end that moves from month to month. */
export function numberedStay(number: number): CompletedStay {
  const month = Math.floor(number / 12) % 3;
  const endedAtMs = Date.UTC(2026, 9 + month, 31, 13);
  return completedStay(`stay-${number % 12}`, { endedAtMs }, hourlyHeartRates(3));
}
