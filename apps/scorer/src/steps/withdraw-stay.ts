import type { LogRecord } from '#stream';
import { encodeEvent, STAY_WITHDRAWN, type StayWithdrawn } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import { APPLIED, DUPLICATE, type LifeResult } from './life-result.js';
import { SCORER_SOURCE } from './publish-scores.js';
import { passed } from './step-result.js';

/**
 * Takes a stay out of what is learned from: its record is removed from `stay-outcomes`, and it gets none when it ends. It is scored as before.
 *
 * A stay that was merged hands the withdrawal on to its survivor, who is the same person. A stay that is not known (any more) is withdrawn all the
 * same: its record may be older than anything that is remembered here.
 */
export function withdrawStay(stays: PartitionStays, withdrawn: StayWithdrawn, record: LogRecord): LifeResult {
  const { stayId } = withdrawn;
  const givenUp = stays.givenUp.get(stayId);
  const known = stays.live.get(stayId) ?? stays.past(stayId) ?? givenUp;
  if (known?.withdrawn === true) return DUPLICATE;
  if (known) known.withdrawn = true;
  stays.outcomes.set(stayId, 'withdrawn');
  const survivorStayId = givenUp?.survivorStayId;
  if (survivorStayId === undefined) return APPLIED;
  const attributes = { type: STAY_WITHDRAWN, source: SCORER_SOURCE, key: survivorStayId, timeMs: record.timestampMs };
  const id = `${stayId}|${survivorStayId}|withdrawn`;
  return passed({
    outcome: 'applied',
    followUp: encodeEvent({ ...attributes, id }, { ...withdrawn, stayId: survivorStayId }),
  });
}
