import { HOUR_MS, MINUTE_MS, signalDefinition, type SignalId } from '#clinical';
import { partitionOfKey, type EventLog, type OutgoingRecord } from '#stream';
import { decodeData, encodeEvent, OBSERVATION, riskScoreSchema, STAY_ADMITTED, TOPICS } from '#wire';

/** Values that NEWS2 calls an emergency, so that an alert of the stay is still open at the end. */
const VALUES: readonly (readonly [SignalId, number])[] = [
  ['heart-rate', 138],
  ['respiratory-rate', 31],
  ['spo2', 86],
  ['systolic-pressure', 84],
  ['temperature', 39.4],
];
/** Times that a closing stay is due after its first value. */
const DUES = 3;

/** Hours that a closing stay lasts. */
export function closingHours(scoreEveryMinutes: number): number {
  return DUES * Math.ceil(scoreEveryMinutes / 60);
}

/** Stays that are admitted after all others, one in each partition of the log. */
export interface ClosingStays {
  readonly stayIds: readonly string[];
  /** Time of their last values, epoch milliseconds. */
  readonly lastMs: number;
}

/**
 * Puts a stay that is due three times more and has no end into each partition, behind everything that stands there. A partition is read in order,
 * so who has taken the last score of its closing stay has taken whatever came before; and time has moved past the end of every stay.
 */
export async function appendClosingStays(
  log: EventLog,
  prefix: string,
  scoreEveryMinutes: number,
): Promise<ClosingStays> {
  const partitions = await log.partitionCount(TOPICS.bedsideEvents);
  let newestMs = 0;
  for await (const { timestampMs } of log.readToEnd(TOPICS.bedsideEvents)) newestMs = Math.max(newestMs, timestampMs);
  const startMs = newestMs + MINUTE_MS;
  const stayIds = Array.from({ length: partitions }, (_, partition) => idIn(partition, partitions, prefix));
  const records = stayIds.map((stayId) => admitted(stayId, startMs));
  const hours = closingHours(scoreEveryMinutes);
  for (let hour = 0; hour <= hours; hour++) {
    const atMs = startMs + hour * HOUR_MS;
    records.push(
      ...stayIds.flatMap((stayId) => VALUES.map(([signal, value]) => observed(stayId, signal, value, atMs))),
    );
  }
  await log.append(TOPICS.bedsideEvents, records);
  return { stayIds, lastMs: startMs + hours * HOUR_MS };
}

/** Whether the last score of every closing stay is on the log, and so that of every other stay. */
export async function areScored(log: EventLog, { stayIds, lastMs }: ClosingStays): Promise<boolean> {
  const scored = new Set<string>();
  for await (const { key, value } of log.readToEnd(TOPICS.riskScores, undefined, lastMs)) {
    if (!stayIds.includes(key)) continue;
    const score = decodeData(riskScoreSchema, value);
    if (score.ok && score.data.dueAtMs === lastMs) scored.add(score.data.stayId);
  }
  return stayIds.every((stayId) => scored.has(stayId));
}

/** Whether the alerter has saved the closing stays with their last score and value. */
export async function areWatched(log: EventLog, { stayIds, lastMs }: ClosingStays): Promise<boolean> {
  const watched = new Set<string>();
  for await (const { key, value } of log.readToEnd(TOPICS.alerterSnapshots, undefined, lastMs)) {
    if (value === null || !stayIds.includes(key)) continue;
    const { state } = JSON.parse(Buffer.from(value).toString()) as SavedStay;
    if (state.score?.dueAtMs === lastMs && state.heardAtMs === lastMs) watched.add(key);
  }
  return stayIds.every((stayId) => watched.has(stayId));
}

/** What is looked at of a snapshot of the alerter. */
interface SavedStay {
  readonly state: { readonly score?: { readonly dueAtMs: number }; readonly heardAtMs?: number };
}

function idIn(partition: number, partitions: number, prefix: string): string {
  for (let number = 0; ; number++) {
    const stayId = `${prefix}closing-${number}`;
    if (partitionOfKey(stayId, partitions) === partition) return stayId;
  }
}

function admitted(stayId: string, atMs: number): OutgoingRecord {
  const place = { site: 'closing', ward: 'closing', bed: stayId };
  return encoded(STAY_ADMITTED, stayId, 'admitted', atMs, { stayId, ...place, admittedAtMs: atMs, static: {} });
}

function observed(stayId: string, signal: SignalId, value: number, atMs: number): OutgoingRecord {
  const { unit } = signalDefinition(signal);
  const times = { effectiveAtMs: atMs, availableAtMs: atMs };
  return encoded(OBSERVATION, stayId, signal, atMs, { stayId, signal, value, unit, ...times, source: 'monitor' });
}

function encoded(type: string, key: string, what: string, timeMs: number, data: unknown): OutgoingRecord {
  return encodeEvent({ type, source: '/spec', id: `${key}|${what}|${timeMs}`, key, timeMs }, data);
}
