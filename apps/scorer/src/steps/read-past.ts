import { DAY_MS, type Observation } from '#clinical';
import { HistoryError, type HistoryStore } from '#history';
import type { EventLog } from '#stream';
import { completedStaySchema, decodeData, TOPICS } from '#wire';
import { decodeWindow, SnapshotError, windowObservations } from '#windows';
import type { EndedStay } from '../stays/stay-state.js';

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;

/** Where the past of a stay is read back from. */
export interface PastSources {
  readonly history: HistoryStore;
  readonly wait: (ms: number) => Promise<void>;
  /** Asked between attempts; false gives up with the error. */
  readonly goesOn: () => boolean;
}

/**
 * Everything that the history has of a stay and of those that it took up. The history must be flushed up to the stay's end. Tries again while the
 * history is away.
 */
export async function readPast(
  { stay, end, priorStayIds }: Readonly<EndedStay>,
  sources: PastSources,
): Promise<Observation[]> {
  const range = {
    kind: 'observation' as const,
    fromMs: Math.max(0, stay.admittedAtMs - DAY_MS),
    toMs: end.endedAtMs + 1,
  };
  for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2)) {
    try {
      const observations: Observation[] = [];
      for (const stayId of [stay.stayId, ...priorStayIds]) {
        for await (const point of sources.history.read({ ...range, stayId })) {
          if (point.kind !== 'observation') continue;
          const { signal, value, atMs: effectiveAtMs, availableAtMs, source } = point;
          observations.push({ signal, value, effectiveAtMs, availableAtMs, source });
        }
      }
      return observations;
    } catch (error) {
      if (!(error instanceof HistoryError) || !error.retriable || !sources.goesOn()) throw error;
      await sources.wait(retryMs);
    }
  }
}

/**
 * The observations of stays as their records on `stay-outcomes` have them: of stays that ended so long ago that the history may have dropped
 * some. One pass over the partition for all of them.
 */
export async function readPublished(
  log: EventLog,
  partition: number,
  stayIds: ReadonlySet<string>,
): Promise<Map<string, Observation[]>> {
  const published = new Map<string, Observation[]>();
  if (stayIds.size === 0) return published;
  for await (const { key, value } of log.readToEnd(TOPICS.stayOutcomes, [partition])) {
    if (!stayIds.has(key)) continue;
    published.delete(key);
    const decoded = decodeData(completedStaySchema, value);
    if (decoded.ok)
      published.set(
        key,
        decoded.data.days.flatMap(({ windowBase64 }) => observationsOf(windowBase64)),
      );
  }
  return published;
}

/** None when the day was written with a catalogue that this build does not read; the history may still have them. */
function observationsOf(windowBase64: string): Observation[] {
  try {
    return windowObservations(decodeWindow(Buffer.from(windowBase64, 'base64')));
  } catch (error) {
    if (error instanceof SnapshotError) return [];
    throw error;
  }
}
