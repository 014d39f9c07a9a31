import { HOUR_MS, MINUTE_MS, signalDefinition } from '#clinical';
import type { OutgoingRecord } from '#stream';
import { encodeEvent, OBSERVATION, type EventOutcome, type ObservationEvent } from '#wire';

/** A message that must not be applied, and the outcome it must come to. */
export interface BadEvent {
  readonly expected: EventOutcome;
  readonly record: OutgoingRecord;
}

/** What the bad events are made from. */
export interface BadEventsBasis {
  /** The newest good observation of a running stay, as it stands on the log. */
  readonly newest: OutgoingRecord;
  readonly observation: ObservationEvent;
  /** An observation of a stay that has ended; its outcome `stay-ended` is left out when there is none. */
  readonly ofEndedStay?: { readonly stayId: string };
}

/** One message for each way in which a message can be bad, all at the log time of the newest good one. */
export function badEvents(basis: BadEventsBasis): BadEvent[] {
  const { newest, observation } = basis;
  const atMs = newest.timestampMs;
  const heartRate: ObservationEvent = {
    stayId: observation.stayId,
    signal: 'heart-rate',
    value: 80,
    unit: signalDefinition('heart-rate').unit,
    effectiveAtMs: observation.effectiveAtMs,
    availableAtMs: atMs,
    source: 'monitor',
  };
  const sent = (expected: EventOutcome, data: unknown, type = OBSERVATION, key = observation.stayId): BadEvent => ({
    expected,
    record: encodeEvent({ type, source: '/vigil/demo-check', id: `bad-${expected}`, key, timeMs: atMs }, data),
  });
  const good = sent('malformed', heartRate);
  const longAgoMs = observation.effectiveAtMs - 60 * HOUR_MS;
  const elsewhere = 'nobody-was-admitted';
  return [
    { expected: 'malformed', record: { ...good.record, value: Buffer.from('{"stayId": ') } },
    sent('type-unknown', heartRate, 'vigil.weather.v1'),
    sent('signal-unknown', { ...heartRate, signal: 'mood' }),
    sent('unit-unknown', { ...heartRate, unit: 'furlong' }),
    sent('implausible', { ...heartRate, value: 900 }),
    sent('late', { ...heartRate, effectiveAtMs: longAgoMs, availableAtMs: longAgoMs }),
    sent('future', { ...heartRate, effectiveAtMs: atMs + 10 * MINUTE_MS, availableAtMs: atMs + 10 * MINUTE_MS }),
    sent('stay-unknown', { ...heartRate, stayId: elsewhere }, OBSERVATION, elsewhere),
    ...(basis.ofEndedStay
      ? [sent('stay-ended', { ...heartRate, ...basis.ofEndedStay }, OBSERVATION, basis.ofEndedStay.stayId)]
      : []),
    { expected: 'duplicate', record: { ...newest } },
  ];
}
