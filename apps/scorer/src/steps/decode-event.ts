import type { LogRecord } from '#stream';
import {
  decodeData,
  eventType,
  OBSERVATION,
  observationEventSchema,
  STAY_ADMITTED,
  STAY_ENDED,
  stayAdmittedSchema,
  stayEndedSchema,
  type Decoded,
  type ObservationEvent,
  type StayAdmitted,
  type StayEnded,
} from '#wire';
import { passed, rejected, type StepResult } from './step-result.js';

/** A message of `bedside-events`. */
export type BedsideEvent =
  | { readonly kind: 'observation'; readonly data: ObservationEvent }
  | { readonly kind: 'admitted'; readonly data: StayAdmitted }
  | { readonly kind: 'ended'; readonly data: StayEnded };

/** Reads a record as one of the bedside events, by its type attribute and schema; the key must be the stay. */
export function decodeEvent(record: LogRecord): StepResult<BedsideEvent> {
  const type = eventType(record.headers);
  switch (type) {
    case OBSERVATION:
      return checked('observation', decodeData(observationEventSchema, record.value), record);
    case STAY_ADMITTED:
      return checked('admitted', decodeData(stayAdmittedSchema, record.value), record);
    case STAY_ENDED:
      return checked('ended', decodeData(stayEndedSchema, record.value), record);
    default:
      return rejected('type-unknown', `type ${JSON.stringify(type ?? null)}; expected a bedside event in binary mode`);
  }
}

function checked<K extends BedsideEvent['kind']>(
  kind: K,
  decoded: Decoded<Extract<BedsideEvent, { kind: K }>['data']>,
  record: LogRecord,
): StepResult<BedsideEvent> {
  if (!decoded.ok) return rejected('malformed', decoded.problem);
  if (decoded.data.stayId !== record.key) {
    return rejected('malformed', "the record's key is not its stay; records of a stay must share a partition");
  }
  return passed({ kind, data: decoded.data } as BedsideEvent);
}
