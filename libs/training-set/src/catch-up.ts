import type { EventLog, LogRecord } from '#stream';
import { TOPICS } from '#wire';
import type { OutcomeBatches } from './outcome-batches.js';
import type { TrainingSet } from './training-set.js';
import { TrainingSetError } from './training-set-error.js';

/** Records taken into the set at once: at most 32 MiB. */
export const RECORDS_A_BATCH = 64;

/**
 * Brings the set up to what `stay-outcomes` holds now, outside any group: stays that the set lacks come in, so that a lost set is made again; stays that the
 * log holds no more leave, since their tombstones are kept a day only and a trainer may be away for longer.
 *
 * @throws TrainingSetError when the log holds none of the set's stays: then it is another log, and nothing is thrown away
 */
export async function catchUp(log: EventLog, set: TrainingSet, batches: OutcomeBatches): Promise<void> {
  const onLog = new Set<string>();
  let newestMs = 0;
  let waiting: LogRecord[] = [];
  for await (const record of log.readToEnd(TOPICS.stayOutcomes)) {
    if (record.value === null) onLog.delete(record.key);
    else onLog.add(record.key);
    newestMs = Math.max(newestMs, record.timestampMs);
    waiting.push(record);
    if (waiting.length < RECORDS_A_BATCH) continue;
    await batches.take(waiting);
    waiting = [];
  }
  await batches.take(waiting);
  const held = [...set.stayIds()];
  const missing = held.filter((stayId) => !onLog.has(stayId));
  if (missing.length === 0) return;
  if (missing.length === held.length) {
    throw new TrainingSetError(
      `stay-outcomes holds none of the ${held.length} stays of the training set in ${set.folder}: it is another log, or it was emptied. ` +
        'Give the trainer the log that the set was made from, or an empty folder.',
    );
  }
  await batches.leave(missing, newestMs);
}
