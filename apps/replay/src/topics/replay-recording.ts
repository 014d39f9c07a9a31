import type { EventLog, LogRecord } from '#stream';
import { appendStubbornly } from '../append-stubbornly.js';
import type { ReplayClock } from '../replay-clock.js';
import { ReplayPace } from '../replay-pace.js';
import { readRecording } from './read-recording.js';

/** How a recording is put on a log. */
export interface RecordingReplay {
  readonly path: string;
  readonly log: EventLog;
  /** The one topic of the recording that is replayed. */
  readonly topic: string;
  readonly clock: ReplayClock;
  /** Simulated seconds a second; Infinity for as fast as the log takes it. */
  readonly speed: number;
  readonly signal: AbortSignal;
  /** Records on the log so far, and the log timestamp of the last. */
  readonly onBatch?: (appended: number, timestampMs: number) => void;
}

const MOST_RECORDS = 1_000;

/**
 * Puts the records of a topic on a log, with their keys, values, headers and log timestamps. Offsets are those of the new log, partitions
 * follow from the keys; the order of each key's records is kept, and nothing else decides a score.
 *
 * @returns number of records; fewer than recorded when the signal aborts
 * @throws RecordingError for a bad file, ReplayError when the log takes no more
 */
export async function replayRecording(replay: RecordingReplay): Promise<number> {
  const { path, log, topic, clock, signal } = replay;
  let pace: ReplayPace | undefined;
  let batch: LogRecord[] = [];
  let appended = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    await appendStubbornly(log, topic, batch, clock, signal);
    appended += batch.length;
    replay.onBatch?.(appended, batch.at(-1)!.timestampMs);
    batch = [];
  };
  for await (const record of readRecording(path)) {
    if (signal.aborted) return appended;
    if (record.topic !== topic) continue;
    pace ??= new ReplayPace(clock, replay.speed, record.timestampMs);
    if (pace.waitMs(record.timestampMs) > 0 || batch.length === MOST_RECORDS) await flush();
    for (let waitMs = pace.waitMs(record.timestampMs); waitMs > 0 && !signal.aborted;) {
      await clock.sleep(waitMs, signal);
      waitMs = pace.waitMs(record.timestampMs);
    }
    batch.push(record);
  }
  await flush();
  return appended;
}
