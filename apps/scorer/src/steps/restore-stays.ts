import type { EventLog } from '#stream';
import { decodeData, riskScoreSchema, TOPICS, type RiskScore } from '#wire';
import { PartitionStays } from '../stays/partition-stays.js';
import { decodeStay, NEXT_OFFSET_HEADER, type RestoredStay } from '../stays/stay-snapshot.js';

/**
 * Loads the stays of a partition from its compacted snapshots. `stay-snapshots` has as many partitions as `bedside-events` and the
 * same key, so a stay and its snapshot have the same number. Throws when a snapshot cannot be read.
 */
export async function restoreStays(log: EventLog, partition: number): Promise<PartitionStays> {
  const newest = new Map<string, { nextOffset: bigint; value: Uint8Array }>();
  for await (const { key, value, headers } of log.readToEnd(TOPICS.staySnapshots, [partition])) {
    const nextOffset = BigInt(headers[NEXT_OFFSET_HEADER] ?? 0);
    const known = newest.get(key);
    if (value === null) newest.delete(key);
    else if (!known || nextOffset >= known.nextOffset) newest.set(key, { nextOffset, value });
  }
  return restoreFrom(
    partition,
    [...newest].map(([stayId, { value }]) => [stayId, value]),
  );
}

/** The stays of a partition as one snapshot of each has them. Throws when one cannot be read. */
export function restoreFrom(
  partition: number,
  snapshots: Iterable<readonly [stayId: string, snapshot: Uint8Array]>,
): PartitionStays {
  const stays = new PartitionStays(partition);
  for (const [stayId, value] of snapshots) {
    const restored = decodeStay(value);
    keep(stays, stayId, restored);
    stays.logTimeMs = Math.max(stays.logTimeMs, restored.state.lastRecordAtMs);
  }
  return stays;
}

function keep(stays: PartitionStays, stayId: string, restored: RestoredStay): void {
  if (restored.kind === 'given-up') stays.givenUp.set(stayId, restored.state);
  else if (restored.kind === 'ended')
    (restored.state.window ? stays.ended : stays.departed).set(stayId, restored.state);
  else {
    stays.live.set(stayId, restored.state);
    if (restored.state.due.laboratoryChangedAtMs !== undefined) stays.settling.add(restored.state);
  }
}

/** Most ids of published scores that are remembered; scores beyond are computed again. */
const MAX_PUBLISHED_IDS = 200_000;

/**
 * Finds the scores that were published after the snapshots were taken, so that re-reading does not compute them again; returns them
 * for the history, which may lack them. That it misses some costs time only: a score computed again has the same bytes, and what came after it at the same
 * due time is published again behind it.
 */
export async function findPublishedScores(log: EventLog, stays: PartitionStays): Promise<RiskScore[]> {
  const newer: RiskScore[] = [];
  const sinceMs = oldestSnapshotMs(stays);
  for await (const { key, value, headers } of log.readToEnd(TOPICS.riskScores, [stays.partition], sinceMs)) {
    const id = headers['ce_id'] ?? '';
    if (dueAtMsOf(id, key) < lastDueAtMs(stays, key)) continue;
    const score = decodeData(riskScoreSchema, value);
    if (!score.ok) continue;
    stays.published.add(id, score.data);
    newer.push(score.data);
    if (newer.length === MAX_PUBLISHED_IDS) break;
  }
  return newer;
}

/** Due time in a score's id, which reads stay|due time|digest|release. */
function dueAtMsOf(id: string, stayId: string): number {
  return Number(id.slice(stayId.length + 1).split('|', 1)[0]);
}

function lastDueAtMs(stays: PartitionStays, stayId: string): number {
  if (stays.departed.has(stayId) || stays.givenUp.has(stayId)) return Infinity;
  return (stays.live.get(stayId) ?? stays.ended.get(stayId))?.due.lastDueAtMs ?? -Infinity;
}

function oldestSnapshotMs({ live }: PartitionStays): number | undefined {
  if (live.size === 0) return undefined;
  return [...live.values()].reduce((oldest, { lastRecordAtMs }) => Math.min(oldest, lastRecordAtMs), Infinity);
}
