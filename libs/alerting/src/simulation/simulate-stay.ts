import { MINUTE_MS } from '#clinical';
import type { ScoreFacts } from '../machine/alert-input.js';
import type { AlertRecord } from '../machine/alert-record.js';
import { decideAlerts } from '../machine/decide-alerts.js';
import { newStayAlerts } from '../machine/stay-alerts.js';
import type { AlertPolicy } from '../policy/alert-policy.js';
import type { ScoredRow, ScoredStay } from './scored-stay.js';

/**
 * Transitions of a recorded stay's patient alerts, oldest first, from the first score to `untilMs`. Each alert that fires is
 * acknowledged after so many minutes, as long as it still fires then.
 */
export function simulateStay(
  policy: AlertPolicy,
  stay: ScoredStay,
  acknowledgeAfterMinutes: number,
  untilMs: number,
): AlertRecord[] {
  const transitions: AlertRecord[] = [];
  let state = newStayAlerts(stay.stayId);
  const decide = (input: Parameters<typeof decideAlerts>[2]): void => {
    const decision = decideAlerts(policy, state, input);
    state = decision.state;
    transitions.push(...decision.transitions.filter(({ kind }) => kind === 'patient'));
  };
  const acknowledgeUntil = (toMs: number): void => {
    for (let next = oldestFiring(state); next; next = oldestFiring(state)) {
      const atMs = next.firedAtMs! + acknowledgeAfterMinutes * MINUTE_MS;
      if (!(atMs <= toMs)) return;
      const commandId = `${next.alertId}|${next.sequence}`;
      decide({
        ...{ kind: 'command', atMs },
        command: { commandId, alertId: next.alertId, action: 'acknowledge', by: 'simulation' },
      });
    }
  };
  for (const [at, row] of stay.scores.entries()) {
    acknowledgeUntil(row.atMs);
    decide({ kind: 'score', atMs: row.atMs, score: factsOf(stay, row, at) });
  }
  acknowledgeUntil(untilMs);
  decide({ kind: 'ended', atMs: untilMs });
  return transitions;
}

function oldestFiring({ rules }: ReturnType<typeof newStayAlerts>): AlertRecord | undefined {
  return Object.values(rules)
    .flatMap(({ alert }) => (alert?.state === 'firing' && alert.kind === 'patient' ? [alert] : []))
    .sort((a, b) => a.firedAtMs! - b.firedAtMs!)[0];
}

function factsOf({ site = '*', ward = '*' }: ScoredStay, row: ScoredRow, at: number): ScoreFacts {
  const { median, low = median, high = median, news2, news2Missing = [], completeness, refused } = row;
  return {
    ...{ id: String(at), dueAtMs: row.atMs, site, ward, bed: '*', releaseId: '*', releaseStage: 'research' as const },
    ...(median === undefined ? {} : { risk: { median, low: low!, high: high! } }),
    ...(news2 === undefined ? {} : { news2: { total: news2, missing: news2Missing } }),
    ...(completeness === undefined ? {} : { completeness }),
    ...(refused === undefined ? {} : { refusedBecause: refused }),
  };
}
