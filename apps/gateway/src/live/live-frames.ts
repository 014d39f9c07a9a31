import type { LivePosition, LiveTarget } from '#wire';
import { bedJson, stayJson } from '../ward/bed-summary.js';
import type { StayRecord } from '../ward/stay-record.js';
import { isIn, type WardState } from '../ward/ward-state.js';

/**
 * Frames are joined from the JSON texts of beds and stays, which are made once for each change and shared by all clients. The specs hold them to the schemas.
 */
interface FrameBody {
  readonly sequence: number;
  readonly clockMs: number | undefined;
  readonly beds: readonly StayRecord[];
  /** Stays whose detail is wanted. */
  readonly stays: readonly StayRecord[];
  readonly removed?: readonly string[];
}

function bodyText(body: FrameBody): string {
  const clock = body.clockMs === undefined ? '' : `"clockMs":${body.clockMs},`;
  const removed = body.removed === undefined ? '' : `,"removed":${JSON.stringify(body.removed)}`;
  const beds = body.beds.map(bedJson).join(',');
  const stays = body.stays.map(stayJson).join(',');
  return `"sequence":${body.sequence},${clock}"beds":[${beds}],"stays":[${stays}]${removed}}`;
}

/** An update frame. */
export function updateFrame(body: FrameBody & { readonly removed: readonly string[] }): string {
  return `{"type":"update",${bodyText(body)}`;
}

/** What a subscription starts with. */
export interface SubscriptionStart {
  readonly subscription: string;
  readonly target: LiveTarget;
  readonly since?: LivePosition | undefined;
}

/** The first frame of a subscription: `resumed` when `since` is of this epoch and within reach, else `snapshot`. */
export function startFrame(
  start: SubscriptionStart,
  ward: WardState,
  epoch: string,
  clockMs: number | undefined,
): string {
  const head = `"subscription":${JSON.stringify(start.subscription)},"epoch":${JSON.stringify(epoch)}`;
  const all = [...ward.staysOf(start.target)];
  const detail = start.target.kind === 'stay';
  const departures = start.since?.epoch === epoch ? departuresSince(start.since.sequence, ward) : undefined;
  if (departures === undefined) {
    const body = { sequence: ward.sequence, clockMs, beds: all, stays: detail ? all : [] };
    return `{"type":"snapshot",${head},${bodyText(body)}`;
  }
  const since = start.since!.sequence;
  const changed = all.filter((stay) => stay.sequence > since);
  const removed = departures
    .filter((departure) => isIn(departure, start.target) && !isShown(departure.stayId, start.target, ward))
    .map(({ stayId }) => stayId);
  const body = {
    sequence: ward.sequence,
    clockMs,
    beds: changed,
    stays: detail ? changed : [],
    removed: [...new Set(removed)],
  };
  return `{"type":"resumed",${head},${bodyText(body)}`;
}

function departuresSince(sequence: number, ward: WardState) {
  return sequence > ward.sequence ? undefined : ward.departuresSince(sequence);
}

function isShown(stayId: string, target: LiveTarget, ward: WardState): boolean {
  const stay = ward.stay(stayId);
  return stay !== undefined && isIn(stay, target);
}
