import type { RemovalReason } from '#wire';
import type { PartitionStays } from '../stays/partition-stays.js';
import type { EndedStay } from '../stays/stay-state.js';

/** What is to be said of a stay on `stay-outcomes`. */
export type DueOutcome =
  | { readonly kind: 'completed'; readonly past: Readonly<EndedStay>; readonly loggedAtMs: number }
  | { readonly kind: 'removed'; readonly stayId: string; readonly why: RemovalReason; readonly loggedAtMs: number };

/** Takes what the barrier has to say out of the stays, as it stands now; the partition counts as said. */
export function takeOutcomes(stays: PartitionStays): DueOutcome[] {
  const due: DueOutcome[] = [];
  for (const [stayId, what] of stays.outcomes) {
    const loggedAtMs = stays.standing(stayId)?.lastRecordAtMs ?? stays.logTimeMs;
    if (what !== 'completed') due.push({ kind: 'removed', stayId, why: what, loggedAtMs });
    else {
      const past = stays.past(stayId);
      if (past) due.push({ kind: 'completed', past: { ...past }, loggedAtMs });
    }
  }
  stays.outcomes.clear();
  return due;
}
