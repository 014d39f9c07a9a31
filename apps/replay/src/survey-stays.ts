import { createHash } from 'node:crypto';
import { ReplayError } from './replay-error.js';
import type { Placement } from './place-stay.js';
import { endMs, eventCount } from './stay-events.js';
import type { StaySource } from './stay-source.js';

/** How stays are placed, but for the date. */
export type PlacementPlan = Omit<Placement, 'anchorMs'>;

/** What a replay will put on the log. */
export interface Survey {
  readonly stays: number;
  readonly events: number;
  /** From the first admission to the end of the stay that ends last, milliseconds. */
  readonly spanMs: number;
  /** SHA-256 of the stays' ids, sizes and placement, hex: equal digests mean the same events in the same order. */
  readonly planDigest: string;
}

/** Reads the stays once to know how many events there are and how long they take together; undefined when it was stopped before it knows. */
export async function surveyStays(
  source: StaySource,
  plan: PlacementPlan,
  stopped: AbortSignal,
): Promise<Survey | undefined> {
  const ids = new Set<string>();
  const { staggerMs, wardSize, stayIdPrefix } = plan;
  const digest = createHash('sha256').update(JSON.stringify([staggerMs, wardSize, stayIdPrefix]));
  let [stays, events, spanMs] = [0, 0, 0];
  for await (const recorded of source()) {
    if (stopped.aborted) return undefined;
    const { stayId, admittedAtMs } = recorded.stay;
    if (ids.has(stayId)) throw new ReplayError(`Two stays have the id ${stayId}: give each data set once.`);
    ids.add(stayId);
    digest.update(JSON.stringify([stayId, eventCount(recorded)]));
    spanMs = Math.max(spanMs, stays * staggerMs + endMs(recorded) - admittedAtMs);
    events += eventCount(recorded);
    stays += 1;
  }
  if (stays === 0) throw new ReplayError('There is no stay to replay: widen --stays, --part or --split.');
  return { stays, events, spanMs, planDigest: digest.digest('hex') };
}
