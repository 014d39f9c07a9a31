import { HOUR_MS, MINUTE_MS, signalDefinition } from '#clinical';
import type { OutgoingRecord } from '#stream';
import {
  DISCHARGE_CANCELLED,
  encodeEvent,
  OBSERVATION,
  STAY_ADMITTED,
  STAY_MERGED,
  type EventOutcome,
  type ObservationEvent,
  type StayAdmitted,
} from '#wire';

/** A message and the outcome that it must come to. */
export interface ExpectedEvent {
  readonly expected: EventOutcome;
  readonly record: OutgoingRecord;
}

/**
 * One message for each way in which a message can be bad, after the admission and the one good observation of a stay made up for
 * the purpose; all at the same log time, to be sent in this order.
 *
 * @param endedStayId a stay that has ended
 * @param visitorId id of the stay made up
 */
export function badEvents(atMs: number, endedStayId: string, visitorId: string): ExpectedEvent[] {
  const good: ObservationEvent = {
    stayId: visitorId,
    signal: 'heart-rate',
    value: 80,
    unit: signalDefinition('heart-rate').unit,
    effectiveAtMs: atMs,
    availableAtMs: atMs,
    source: 'monitor',
  };
  const inTenMinutesMs = atMs + 10 * MINUTE_MS;
  const threeDaysAgoMs = atMs - 72 * HOUR_MS;
  const observed = (
    expected: EventOutcome,
    change: Partial<ObservationEvent> = {},
    type = OBSERVATION,
  ): ExpectedEvent => {
    const data = { ...good, ...change };
    return { expected, record: encoded(type, data.stayId, `demo-${expected}`, atMs, data) };
  };
  return [
    {
      expected: 'applied',
      record: encoded(STAY_ADMITTED, visitorId, 'demo-admission', atMs, visitor(visitorId, atMs)),
    },
    observed('applied'),
    observed('duplicate'),
    { expected: 'malformed', record: { ...observed('malformed').record, value: Buffer.from('{"stayId": ') } },
    observed('type-unknown', {}, 'vigil.weather.v1'),
    observed('signal-unknown', { signal: 'mood' }),
    observed('unit-unknown', { unit: 'furlong' }),
    observed('implausible', { value: 900 }),
    observed('late', { effectiveAtMs: threeDaysAgoMs, availableAtMs: threeDaysAgoMs }),
    observed('future', { effectiveAtMs: inTenMinutesMs, availableAtMs: inTenMinutesMs }),
    observed('stay-unknown', { stayId: 'nobody-was-admitted' }),
    observed('stay-ended', { stayId: endedStayId }),
    {
      expected: 'nothing-to-cancel',
      record: encoded(DISCHARGE_CANCELLED, visitorId, 'demo-nothing-to-cancel', atMs, { stayId: visitorId, atMs }),
    },
    {
      expected: 'merge-refused',
      record: encoded(STAY_MERGED, visitorId, 'demo-merge-refused', atMs, {
        ...{ stayId: visitorId, survivorStayId: visitorId, atMs },
      }),
    },
  ];
}

function visitor(stayId: string, admittedAtMs: number): StayAdmitted {
  return { stayId, site: 'demo', ward: 'ward-01', bed: 'bed-01', admittedAtMs, static: {} };
}

function encoded(type: string, key: string, id: string, timeMs: number, data: unknown): OutgoingRecord {
  return encodeEvent({ type, source: '/vigil/demo-check', id, key, timeMs }, data);
}
