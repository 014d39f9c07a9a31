import type { RecordedStay } from '#datasets';
import { z } from 'zod';
import type { GatePolicy } from '../gate/gate-policy.js';

const count = z.int().min(0);

/** How local stays are parted: what a training may see, and the later ones by which it is judged. */
export const heldOutPlanSchema = z.strictObject({
  /** A training sees stays that ended before this, epoch milliseconds. */
  untilMs: z.int(),
  /** Judged are stays that ended from here on; later than `untilMs` where there are more than shall be scored. */
  fromMs: z.int(),
  /** The last end of a stay. */
  toMs: z.int(),
  training: z.strictObject({ stays: count, deaths: count }),
  heldOut: z.strictObject({ stays: count, deaths: count }),
});

/** How local stays are parted. */
export type HeldOutPlan = z.infer<typeof heldOutPlanSchema>;

/**
 * Parts stays by the time of their end: the share of the policy that ended last is held out. Stays without a known outcome or end count for neither.
 *
 * No stay is held out that the champion has learned from, whatever its share of the stays: stays that come late, leave, or another policy can move the share's
 * border back behind what an earlier training saw.
 *
 * Later in time, not by hash: a release will meet later stays, and whatever changes on a ward over time then counts.
 *
 * @param learnedBeforeMs the champion, or one whose weights it took over, has learned from stays that ended before
 */
export async function planHeldOut(
  stays: AsyncIterable<RecordedStay>,
  { share, mostStays }: GatePolicy['heldOut'],
  learnedBeforeMs = 0,
): Promise<HeldOutPlan> {
  const ends: { endedAtMs: number; died: boolean }[] = [];
  for await (const { endedAtMs, outcome } of stays)
    if (endedAtMs !== undefined && outcome !== undefined) ends.push({ endedAtMs, died: outcome === 'died' });
  ends.sort((a, b) => a.endedAtMs - b.endedAtMs);
  const untilMs = Math.max(ends[Math.floor(ends.length * (1 - share))]?.endedAtMs ?? 0, learnedBeforeMs);
  const later = ends.filter(({ endedAtMs }) => endedAtMs >= untilMs);
  const fromMs = later.at(-mostStays)?.endedAtMs ?? untilMs;
  const counted = (some: typeof ends) => ({ stays: some.length, deaths: some.filter(({ died }) => died).length });
  return {
    ...{ untilMs, fromMs, toMs: ends.at(-1)?.endedAtMs ?? 0 },
    training: counted(ends.filter(({ endedAtMs }) => endedAtMs < untilMs)),
    heldOut: counted(later.filter(({ endedAtMs }) => endedAtMs >= fromMs)),
  };
}

/** The stays of a plan by which a candidate is judged. */
export async function* heldOutStays(
  stays: AsyncIterable<RecordedStay>,
  { fromMs }: HeldOutPlan,
): AsyncGenerator<RecordedStay> {
  for await (const stay of stays) if ((stay.endedAtMs ?? -Infinity) >= fromMs) yield stay;
}
