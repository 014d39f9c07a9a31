import type { LogRecord } from '#stream';
import {
  ADMISSION_CANCELLED,
  admissionCancelledSchema,
  decodeData,
  DISCHARGE_CANCELLED,
  dischargeCancelledSchema,
  eventType,
  OBSERVATION,
  observationEventSchema,
  STAY_ADMITTED,
  STAY_ENDED,
  STAY_MERGED,
  STAY_TRANSFERRED,
  STAY_WITHDRAWN,
  stayAdmittedSchema,
  stayEndedSchema,
  stayMergedSchema,
  stayTransferredSchema,
  stayWithdrawnSchema,
  WINDOW_JOINED,
  windowJoinedSchema,
} from '#wire';
import type { z } from 'zod';
import { passed, rejected, type StepResult } from './step-result.js';

const SCHEMAS = {
  observation: { type: OBSERVATION, schema: observationEventSchema },
  admitted: { type: STAY_ADMITTED, schema: stayAdmittedSchema },
  transferred: { type: STAY_TRANSFERRED, schema: stayTransferredSchema },
  ended: { type: STAY_ENDED, schema: stayEndedSchema },
  'admission-cancelled': { type: ADMISSION_CANCELLED, schema: admissionCancelledSchema },
  'discharge-cancelled': { type: DISCHARGE_CANCELLED, schema: dischargeCancelledSchema },
  merged: { type: STAY_MERGED, schema: stayMergedSchema },
  'window-joined': { type: WINDOW_JOINED, schema: windowJoinedSchema },
  withdrawn: { type: STAY_WITHDRAWN, schema: stayWithdrawnSchema },
} as const;

type Kind = keyof typeof SCHEMAS;

/** A message of `bedside-events`. */
export type BedsideEvent = {
  [K in Kind]: { readonly kind: K; readonly data: z.infer<(typeof SCHEMAS)[K]['schema']> };
}[Kind];

/** A message about a stay's life: every one but an observation. */
export type LifeEvent = Exclude<BedsideEvent, { kind: 'observation' }>;

const KIND_OF_TYPE = new Map<string, Kind>((Object.keys(SCHEMAS) as Kind[]).map((kind) => [SCHEMAS[kind].type, kind]));

/** Reads a record as one of the bedside events, by its type attribute and schema; the key must be the stay. */
export function decodeEvent(record: LogRecord): StepResult<BedsideEvent> {
  const type = eventType(record.headers);
  const kind = type === undefined ? undefined : KIND_OF_TYPE.get(type);
  if (kind === undefined) {
    return rejected('type-unknown', `type ${JSON.stringify(type ?? null)}; expected a bedside event in binary mode`);
  }
  const decoded = decodeData<{ readonly stayId: string }>(SCHEMAS[kind].schema, record.value);
  if (!decoded.ok) return rejected('malformed', decoded.problem);
  if (decoded.data.stayId !== record.key) {
    return rejected('malformed', "the record's key is not its stay; records of a stay must share a partition");
  }
  return passed({ kind, data: decoded.data } as BedsideEvent);
}
