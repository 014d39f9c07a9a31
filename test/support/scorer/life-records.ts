import type { OutgoingRecord } from '#stream';
import {
  ADMISSION_CANCELLED,
  DISCHARGE_CANCELLED,
  STAY_ENDED,
  STAY_MERGED,
  STAY_TRANSFERRED,
  STAY_WITHDRAWN,
  type StayEnded,
  type StayTransferred,
} from '#wire';
import { ADMITTED_AT_MS, event } from './bedside-records.js';

/** A move to another bed, logged then. */
export function transfer(stayId: string, sinceAdmissionMs: number, to: Partial<StayTransferred> = {}): OutgoingRecord {
  const atMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return event(STAY_TRANSFERRED, stayId, atMs, { stayId, site: 's', ward: 'w2', bed: 'b7', atMs, ...to });
}

/** An end with what is said about it, logged then unless said otherwise. */
export function discharge(
  stayId: string,
  sinceAdmissionMs: number,
  more: Partial<StayEnded> = {},
  loggedAfterMs = sinceAdmissionMs,
): OutgoingRecord {
  const endedAtMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return event(STAY_ENDED, stayId, ADMITTED_AT_MS + loggedAfterMs, { stayId, endedAtMs, ...more });
}

/** A cancelled admission, logged then. */
export function cancelledAdmission(stayId: string, sinceAdmissionMs: number): OutgoingRecord {
  const atMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return event(ADMISSION_CANCELLED, stayId, atMs, { stayId, atMs });
}

/** A cancelled discharge, logged then. */
export function cancelledDischarge(stayId: string, sinceAdmissionMs: number): OutgoingRecord {
  const atMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return event(DISCHARGE_CANCELLED, stayId, atMs, { stayId, atMs });
}

/** A merge of the prior stay into the survivor, logged then. */
export function merge(stayId: string, survivorStayId: string, sinceAdmissionMs: number): OutgoingRecord {
  const atMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return event(STAY_MERGED, stayId, atMs, { stayId, survivorStayId, atMs });
}

/** A withdrawal, logged then. */
export function withdrawal(stayId: string, sinceAdmissionMs: number): OutgoingRecord {
  const atMs = ADMITTED_AT_MS + sinceAdmissionMs;
  return event(STAY_WITHDRAWN, stayId, atMs, { stayId, reason: 'consent', atMs });
}
