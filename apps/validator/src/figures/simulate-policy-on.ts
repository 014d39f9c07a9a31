import { HOUR_MS } from '#clinical';
import { simulatePolicy, type AlertPolicy, type PolicyBurden, type ScoredStay } from '#alerting';
import type { StayScores } from '../scoring/stay-scores.js';
import type { StayFacts } from '../stays/stay-facts.js';

/** What an alert policy would have asked and given on the scores of stays whose outcome is known, refused scores included. */
export function simulatePolicyOn(
  policy: AlertPolicy,
  facts: ReadonlyMap<string, StayFacts>,
  scores: readonly StayScores[],
  everyHours: number,
): PolicyBurden {
  return simulatePolicy(policy, scoredStays(facts, scores), { everyMs: everyHours * HOUR_MS });
}

function* scoredStays(facts: ReadonlyMap<string, StayFacts>, scores: readonly StayScores[]): Generator<ScoredStay> {
  const scoresOf = new Map(scores.map(({ stayId, rows }) => [stayId, rows]));
  for (const { stayId, died, endHours } of facts.values()) {
    if (died === undefined) continue;
    const rows = scoresOf.get(stayId) ?? [];
    yield {
      ...{ stayId, died, admittedAtMs: 0 },
      endedAtMs: Math.max(endHours * HOUR_MS, rows.at(-1)?.sinceAdmissionMs ?? 0),
      scores: rows.map(({ sinceAdmissionMs, risk, refusedBecause, news2, news2Missing, completeness }) => ({
        ...{ atMs: sinceAdmissionMs, news2, news2Missing, completeness },
        ...(risk ?? {}),
        ...(refusedBecause === undefined ? {} : { refused: refusedBecause }),
      })),
    };
  }
}
