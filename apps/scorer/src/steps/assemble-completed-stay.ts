import type { Observation } from '#clinical';
import { encodeWindow, stayDays } from '#windows';
import { MAX_HISTORY_CHARACTERS, type CompletedStay } from '#wire';
import type { EndedStay } from '../stays/stay-state.js';

/**
 * The record of a stay that ended: its facts, and its observations as its windows kept them, a window a day. What became available after the end is
 * left out, and so are the oldest days when the record would be too large.
 *
 * @param observations of the stay and of those that it took up, in any order, repetitions allowed
 * @returns the same record, to the byte, for the same observations
 */
export function assembleCompletedStay(
  { stay, end, priorStayIds }: Readonly<EndedStay>,
  observations: readonly Observation[],
  most = MAX_HISTORY_CHARACTERS,
): CompletedStay {
  const known = observations.filter(({ availableAtMs }) => availableAtMs <= end.endedAtMs);
  const days = stayDays(stay.admittedAtMs, known).map(({ day, window }) => {
    return { day, windowBase64: Buffer.from(encodeWindow(window)).toString('base64') };
  });
  const kept = newestWithin(days, most);
  const { endedAtMs, outcome, outcomeKnownAtMs, disposition } = end;
  return {
    ...{ stayId: stay.stayId, site: stay.site, ward: stay.ward, bed: stay.bed, static: stay.static },
    ...{ admittedAtMs: stay.admittedAtMs, endedAtMs, outcome: outcome ?? 'unknown' },
    ...(outcomeKnownAtMs !== undefined && { outcomeKnownAtMs }),
    ...(disposition && { disposition }),
    priorStayIds: [...priorStayIds].sort(),
    days: kept,
    omittedDays: days.length - kept.length,
  };
}

function newestWithin(days: CompletedStay['days'], most: number): CompletedStay['days'] {
  let first = days.length;
  for (let left = most; first > 0; first--) {
    left -= days[first - 1]!.windowBase64.length;
    if (left < 0) break;
  }
  return days.slice(first);
}
