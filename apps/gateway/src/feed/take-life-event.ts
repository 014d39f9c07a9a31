import type { LogRecord } from '#stream';
import {
  ADMISSION_CANCELLED,
  admissionCancelledSchema,
  decodeData,
  DISCHARGE_CANCELLED,
  dischargeCancelledSchema,
  STAY_ADMITTED,
  STAY_ENDED,
  STAY_MERGED,
  STAY_TRANSFERRED,
  STAY_WITHDRAWN,
  stayAdmittedSchema,
  stayEndedSchema,
  stayMergedSchema,
  stayTransferredSchema,
  WINDOW_JOINED,
} from '#wire';
import type { z } from 'zod';
import type { WardState } from '../ward/ward-state.js';
import type { RecordOutcome } from './take-record.js';

/** Takes a message about a stay's life into the ward. Never throws for bad data. */
export function takeLifeEvent(
  type: string | undefined,
  record: LogRecord,
  ward: WardState,
  clockMs: number,
): RecordOutcome {
  const { timestampMs } = record;
  const read = <T>(schema: z.ZodType<T>, take: (data: T) => RecordOutcome): RecordOutcome => {
    const decoded = decodeData(schema, record.value);
    return decoded.ok ? take(decoded.data) : 'malformed';
  };
  switch (type) {
    case STAY_ADMITTED:
      return read(stayAdmittedSchema, (event) => ward.admit(event, clockMs, timestampMs));
    case STAY_TRANSFERRED:
      return read(stayTransferredSchema, (event) => ward.transfer(event, clockMs, timestampMs));
    case STAY_ENDED:
      return read(stayEndedSchema, (event) => ward.end(event, clockMs, timestampMs));
    case DISCHARGE_CANCELLED:
      return read(dischargeCancelledSchema, (event) => ward.reopen(event, clockMs, timestampMs));
    case ADMISSION_CANCELLED:
      return read(admissionCancelledSchema, ({ stayId }) => ward.giveUp(stayId, null));
    case STAY_MERGED:
      return read(stayMergedSchema, ({ stayId, survivorStayId }) => ward.giveUp(stayId, survivorStayId));
    case WINDOW_JOINED:
    case STAY_WITHDRAWN:
      return 'not-shown';
    default:
      return 'type-unknown';
  }
}
