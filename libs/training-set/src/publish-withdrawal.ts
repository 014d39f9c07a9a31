import type { EventLog } from '#stream';
import { encodeEvent, STAY_WITHDRAWN, TOPICS, type StayWithdrawn } from '#wire';

/** Source attribute of withdrawals that are asked for here. */
const SOURCE = '/vigil/training-set';

/**
 * Asks that nothing be learned from a stay any more, whether it goes on, has ended, or is not known (yet): puts the withdrawal on `bedside-events`,
 * from where the scorer removes its record and the trainer forgets it. Durable when it resolves; it cannot be taken back.
 */
export async function publishWithdrawal(log: EventLog, withdrawn: StayWithdrawn): Promise<void> {
  const { stayId, atMs } = withdrawn;
  const attributes = { type: STAY_WITHDRAWN, source: SOURCE, id: `${stayId}/${atMs}`, key: stayId, timeMs: atMs };
  await log.append(TOPICS.bedsideEvents, [encodeEvent(attributes, withdrawn)]);
}
