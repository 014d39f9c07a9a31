import type { Observation } from '#clinical';
import type { LogRecord } from '#stream';
import { decodeWindow, SnapshotError, windowObservations, type StayWindow } from '#windows';
import { MAX_PRIOR_STAYS, type WindowJoined } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { EndedStay, GivenUpStay, StayState } from '../stays/stay-state.js';
import { absent, DUPLICATE, type LifeResult } from './life-result.js';
import { joinedRecord } from './merge-stay.js';
import { passed, rejected } from './step-result.js';

/**
 * Joins the window of a prior stay to its survivor's: a merge of two lattices, so that neither order nor repetition matters.
 *
 * The survivor keeps its own admission time, from which its bins, due times and published scores count; each observation goes into the slot of its
 * effective time there, and what is older than the survivor's window is left out. A survivor that has been merged itself hands the window on.
 */
export function joinWindow(stays: PartitionStays, joined: WindowJoined, record: LogRecord): LifeResult {
  const { stayId } = joined;
  const givenUp = stays.givenUp.get(stayId);
  if (givenUp?.survivorStayId !== undefined) return handOn(joined, givenUp.survivorStayId, givenUp, record);
  const survivor = stays.live.get(stayId) ?? stays.past(stayId);
  if (!survivor) return absent(stays, stayId);
  const priorStayIds = [...new Set([...survivor.priorStayIds, ...joined.priorStayIds])];
  if (priorStayIds.includes(stayId)) return rejected('merge-refused', 'the stay is among its own prior stays');
  if (priorStayIds.length > MAX_PRIOR_STAYS) {
    return rejected('merge-refused', `the stay would have taken up more than ${MAX_PRIOR_STAYS} others`);
  }
  const prior = readWindow(joined);
  if (!prior) return rejected('malformed', 'windowBase64: is no window that this build can read');
  const taken = survivor.window ? take(survivor.window, windowObservations(prior)) : [];
  const isNews = priorStayIds.length > survivor.priorStayIds.length || (joined.withdrawn && !survivor.withdrawn);
  if (taken.length === 0 && !isNews) return DUPLICATE;
  survivor.priorStayIds = priorStayIds;
  survivor.withdrawn ||= joined.withdrawn;
  if (stays.past(stayId)) stays.outcomes.set(stayId, survivor.withdrawn ? 'withdrawn' : 'completed');
  return passed({ outcome: 'applied', joined: taken });
}

function handOn(joined: WindowJoined, survivorStayId: string, { stayId }: GivenUpStay, record: LogRecord): LifeResult {
  const throughStayIds = [...joined.throughStayIds, stayId];
  if (throughStayIds.includes(survivorStayId)) {
    return rejected('merge-refused', 'the merges form a ring: the window came back to a stay that was given up');
  }
  if (throughStayIds.length > MAX_PRIOR_STAYS) {
    return rejected('merge-refused', `the window went through more than ${MAX_PRIOR_STAYS} stays`);
  }
  const next = { ...joined, stayId: survivorStayId, throughStayIds };
  return passed({ outcome: 'applied', followUp: joinedRecord(next, record.timestampMs) });
}

function readWindow({ windowBase64 }: WindowJoined): StayWindow | undefined {
  try {
    return decodeWindow(Buffer.from(windowBase64, 'base64'));
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

/** Merges observations, newest first, so that none is taken up that a newer one then pushes out; returns those that changed the window. */
function take(
  window: NonNullable<(StayState | EndedStay)['window']>,
  observations: readonly Observation[],
): Observation[] {
  return observations
    .toSorted((one, other) => other.effectiveAtMs - one.effectiveAtMs)
    .filter((observation) => window.merge(observation) === 'applied');
}
