import type { StayAdmitted, StayEnded, StayTransferred } from '#wire';
import type { StayRecord } from './stay-record.js';

/**
 * What came of a message about the life of a stay that is shown. `not-newer`: it is older by its log timestamp than what the stay has been through
 * since, so it was sent twice; the scorer judges alike. `not-shown`: the stay has ended, and its place and person no longer change.
 */
export type LifeOutcome = 'applied' | 'duplicate' | 'not-newer' | 'not-shown';

/** Takes over what an admission that came again says of place and person. */
export function applyAdmission(stay: StayRecord, event: StayAdmitted, loggedAtMs: number): LifeOutcome {
  const same = isAt(stay, event) && JSON.stringify(stay.static) === JSON.stringify(event.static);
  if (same && stay.lifeAtMs !== undefined) return 'duplicate';
  if (stay.endedAtMs !== undefined) return 'not-shown';
  if (isOutdated(stay, loggedAtMs)) return 'not-newer';
  stay.lifeAtMs = loggedAtMs;
  stay.static = event.static;
  move(stay, event);
  return 'applied';
}

/** Moves a stay to another bed. */
export function applyTransfer(stay: StayRecord, event: StayTransferred, loggedAtMs: number): LifeOutcome {
  if (stay.endedAtMs !== undefined) return 'not-shown';
  if (isOutdated(stay, loggedAtMs)) return 'not-newer';
  stay.lifeAtMs = loggedAtMs;
  if (isAt(stay, event)) return 'duplicate';
  move(stay, event);
  return 'applied';
}

/** Ends a stay, or corrects when it ended. */
export function applyEnd(stay: StayRecord, event: StayEnded, loggedAtMs: number): LifeOutcome {
  if (stay.endedAtMs === event.endedAtMs) return 'duplicate';
  if (isOutdated(stay, loggedAtMs)) return 'not-newer';
  stay.lifeAtMs = loggedAtMs;
  stay.endedAtMs = event.endedAtMs;
  return 'applied';
}

/** Lets a stay that had ended go on. */
export function applyReopening(stay: StayRecord, loggedAtMs: number): LifeOutcome {
  if (stay.endedAtMs === undefined) return 'duplicate';
  if (isOutdated(stay, loggedAtMs)) return 'not-newer';
  stay.lifeAtMs = loggedAtMs;
  stay.endedAtMs = undefined;
  return 'applied';
}

function isOutdated({ lifeAtMs }: StayRecord, loggedAtMs: number): boolean {
  return lifeAtMs !== undefined && loggedAtMs < lifeAtMs;
}

interface Place {
  readonly site: string;
  readonly ward: string;
  readonly bed: string;
}

function isAt(stay: StayRecord, { site, ward, bed }: Place): boolean {
  return stay.site === site && stay.ward === ward && stay.bed === bed;
}

function move(stay: StayRecord, { site, ward, bed }: Place): void {
  stay.site = site;
  stay.ward = ward;
  stay.bed = bed;
}
