import type { LogRecord } from '#stream';
import {
  completedStaySchema,
  decodeData,
  eventType,
  REMOVAL_REASONS,
  REMOVED_BECAUSE_HEADER,
  STAY_OUTCOME,
  type CompletedStay,
  type RemovalReason,
} from '#wire';

/** Why a stay leaves the set: as its tombstone says, or because the log holds it no more and its tombstone was not seen. */
export type LeaveReason = RemovalReason | 'not-on-log';

/** A change of the training set. */
export type TrainingSetChange =
  | { readonly kind: 'completed'; readonly stay: CompletedStay }
  | { readonly kind: 'removed'; readonly stayId: string; readonly why: LeaveReason; readonly atMs: number };

/** A change, or what is wrong with the record. */
export type ReadChange =
  | { readonly ok: true; readonly change: TrainingSetChange }
  | { readonly ok: false; readonly outcome: 'malformed' | 'type-unknown'; readonly problem: string };

/** Reads a record of `stay-outcomes`. A tombstone that does not say why counts as a withdrawal, which is the careful reading. */
export function readChange({ key, value, headers, timestampMs }: LogRecord): ReadChange {
  if (value === null) {
    const told = headers[REMOVED_BECAUSE_HEADER];
    const why = REMOVAL_REASONS.find((reason) => reason === told) ?? 'withdrawn';
    return { ok: true, change: { kind: 'removed', stayId: key, why, atMs: timestampMs } };
  }
  const type = eventType(headers);
  if (type !== STAY_OUTCOME) {
    return {
      ok: false,
      outcome: 'type-unknown',
      problem: `type ${JSON.stringify(type ?? null)}; expected ${STAY_OUTCOME}`,
    };
  }
  const decoded = decodeData(completedStaySchema, value);
  if (!decoded.ok) return { ok: false, outcome: 'malformed', problem: decoded.problem };
  if (decoded.data.stayId !== key) {
    return { ok: false, outcome: 'malformed', problem: "the record's key is not its stay" };
  }
  return { ok: true, change: { kind: 'completed', stay: decoded.data } };
}
