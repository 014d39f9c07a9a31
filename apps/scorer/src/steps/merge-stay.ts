import type { LogRecord } from '#stream';
import { encodeWindow, StayWindow } from '#windows';
import { encodeEvent, MAX_PRIOR_STAYS, WINDOW_JOINED, type StayMerged, type WindowJoined } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { EndedStay, StayState } from '../stays/stay-state.js';
import { absent, DUPLICATE, type LifeResult } from './life-result.js';
import { SCORER_SOURCE } from './publish-scores.js';
import { passed, rejected, type Rejection } from './step-result.js';

/**
 * Gives up the prior stay of a merge and answers with its window for the survivor, whose partition may be another's. Answering twice does no harm, for
 * joining is idempotent; so the answer is published before this message is committed, and that is all that a crash needs.
 *
 * The survivor is not looked for: only its own partition knows it, and says `stay-unknown` of the window when it does not.
 */
export function mergeStay(stays: PartitionStays, merged: StayMerged, record: LogRecord): LifeResult {
  const { stayId, survivorStayId } = merged;
  if (stayId === survivorStayId) return rejected('merge-refused', 'survivorStayId: is the stay itself');
  const givenUp = stays.givenUp.get(stayId);
  if (givenUp?.fate === 'merged') {
    if (givenUp.survivorStayId === survivorStayId) return DUPLICATE;
    return rejected('merge-refused', 'the stay was merged into another survivor before; merge that one instead');
  }
  const past = stays.past(stayId);
  const prior = stays.live.get(stayId) ?? past;
  if (!prior) return absent(stays, stayId);
  const refused = whyRefused(prior, survivorStayId);
  if (refused) return refused;
  stays.giveUp({
    ...{ stayId, fate: 'merged', survivorStayId, withdrawn: prior.withdrawn },
    ...{ nextOffset: record.offset, lastRecordAtMs: record.timestampMs },
  });
  if (past) stays.outcomes.set(stayId, prior.withdrawn ? 'withdrawn' : 'merged');
  return passed({ outcome: 'applied', followUp: joinedRecord(windowOf(prior, merged), record.timestampMs) });
}

/** The event that hands a window to a survivor. Equal merges give equal bytes and ids. */
export function joinedRecord(joined: WindowJoined, timeMs: number) {
  const { stayId, priorStayId, throughStayIds } = joined;
  const id = `${priorStayId}|${throughStayIds.at(-1)}|${stayId}`;
  return encodeEvent({ type: WINDOW_JOINED, source: SCORER_SOURCE, id, key: stayId, timeMs }, joined);
}

function whyRefused({ priorStayIds }: StayState | EndedStay, survivorStayId: string): Rejection | undefined {
  if (priorStayIds.includes(survivorStayId)) {
    return rejected('merge-refused', 'survivorStayId: was itself merged into this stay; the merges form a ring');
  }
  if (priorStayIds.length + 1 > MAX_PRIOR_STAYS) {
    return rejected('merge-refused', `the stay has taken up ${MAX_PRIOR_STAYS} others; expected fewer`);
  }
  return undefined;
}

function windowOf(prior: StayState | EndedStay, { stayId, survivorStayId, atMs }: StayMerged): WindowJoined {
  const window = prior.window ?? new StayWindow(prior.stay.admittedAtMs);
  return {
    stayId: survivorStayId,
    priorStayId: stayId,
    priorStayIds: [stayId, ...prior.priorStayIds],
    throughStayIds: [stayId],
    withdrawn: prior.withdrawn,
    atMs,
    windowBase64: Buffer.from(encodeWindow(window)).toString('base64'),
  };
}
