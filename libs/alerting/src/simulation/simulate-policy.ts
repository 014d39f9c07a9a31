import type { AlertPolicy } from '../policy/alert-policy.js';
import type { PolicyBurden } from './policy-burden.js';
import type { ScoredStay, SimulationOptions } from './scored-stay.js';
import { simulateStay } from './simulate-stay.js';
import { daysOf, tallyAlerts, type SimulatedStay } from './tally-alerts.js';

/**
 * What a policy would have asked of a ward and given it, by running the live state machine on recorded scores. Technical rules are left
 * out: recorded scores do not say what the feed did between them.
 *
 * A stay is watched from its first score until the usual gap after its last, or its end if that comes first; stays without a score are
 * counted among the stays and deaths, for nobody was told of them. Lead time runs to `endedAtMs`.
 *
 * @throws RangeError when a stay's scores are not ascending, or come after its end
 */
export function simulatePolicy(
  policy: AlertPolicy,
  stays: Iterable<ScoredStay>,
  options: SimulationOptions = {},
): PolicyBurden {
  const recorded = [...stays];
  recorded.forEach(check);
  const everyMs = options.everyMs ?? medianGapMs(recorded);
  let watchedMs = 0;
  const simulated = recorded.map((stay): SimulatedStay => {
    const { died, endedAtMs, scores } = stay;
    if (scores.length === 0) return { died, endedAtMs, transitions: [] };
    const untilMs = Math.min(endedAtMs, scores.at(-1)!.atMs + everyMs);
    watchedMs += untilMs - scores[0]!.atMs;
    return { died, endedAtMs, transitions: simulateStay(policy, stay, options.acknowledgeAfterMinutes ?? 10, untilMs) };
  });
  const patientDays = daysOf(watchedMs);
  return {
    policyVersion: policy.version,
    ...{ stays: recorded.length, deaths: recorded.filter(({ died }) => died).length, patientDays },
    total: tallyAlerts(simulated, patientDays),
    rules: Object.fromEntries(
      patientRules(policy).map((rule) => [
        rule,
        tallyAlerts(
          simulated.map((stay) => only(stay, rule)),
          patientDays,
        ),
      ]),
    ),
  };
}

function patientRules({ ruleSets }: AlertPolicy): string[] {
  const rules = Object.values(ruleSets).flatMap((set) => set.filter(({ kind }) => kind === 'patient'));
  return [...new Set(rules.map(({ name }) => name))];
}

function only(stay: SimulatedStay, rule: string): SimulatedStay {
  return { ...stay, transitions: stay.transitions.filter((alert) => alert.rule === rule) };
}

function check({ stayId, scores, endedAtMs }: ScoredStay): void {
  scores.forEach(({ atMs }, at) => {
    if (at > 0 && atMs < scores[at - 1]!.atMs) {
      throw new RangeError(`scores of stay ${stayId} are not in order of time; expected them ascending`);
    }
    if (atMs > endedAtMs) throw new RangeError(`a score of stay ${stayId} comes after its end; leave it out`);
  });
}

/** 0 where no stay has two scores. */
function medianGapMs(stays: readonly ScoredStay[]): number {
  const gaps = stays.flatMap(({ scores }) => scores.slice(1).map(({ atMs }, at) => atMs - scores[at]!.atMs));
  gaps.sort((a, b) => a - b);
  return gaps[gaps.length >> 1] ?? 0;
}
