import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MINUTE_MS } from '#clinical';
import { anyHistory, STORMY_POLICY } from '../../../../test/support/alerting/any-history.js';
import type { AlertInput, DecisionOutcome } from './alert-input.js';
import type { AlertRecord } from './alert-record.js';
import { nextDeadlineMs } from './advance-time.js';
import { decideAlerts } from './decide-alerts.js';
import { newStayAlerts, type StayAlerts } from './stay-alerts.js';

interface Step {
  readonly input: AlertInput;
  readonly before: StayAlerts;
  readonly after: StayAlerts;
  readonly transitions: readonly AlertRecord[];
  readonly outcome: DecisionOutcome;
}

/** Runs a history; the state goes through JSON before each input when asked, as after a crash. */
function run(inputs: readonly AlertInput[], throughJson = false): Step[] {
  let state = newStayAlerts('stay-1');
  return inputs.map((input) => {
    const before = throughJson ? (JSON.parse(JSON.stringify(state)) as StayAlerts) : state;
    const { state: after, transitions, outcome } = decideAlerts(STORMY_POLICY, before, input);
    state = after;
    return { input, before, after, transitions, outcome };
  });
}

const all = (steps: readonly Step[]): AlertRecord[] => steps.flatMap(({ transitions }) => transitions);
const holds = (property: (inputs: readonly AlertInput[]) => void, numRuns = 120): void =>
  fc.assert(fc.property(anyHistory(), property), { numRuns });

describe('for any history of a stay', () => {
  it('the sequence of an alert rises by one, its time does not go back, and nothing follows its end', () => {
    holds((inputs) => {
      const newest = new Map<string, AlertRecord>();
      for (const alert of all(run(inputs))) {
        const last = newest.get(alert.alertId);
        expect(alert.sequence).toBe((last?.sequence ?? 0) + 1);
        expect(last?.state).not.toBe('resolved');
        if (last) expect(alert.changedAtMs).toBeGreaterThanOrEqual(last.changedAtMs);
        newest.set(alert.alertId, alert);
      }
    });
  });

  it('a rule has one open alert at a time', () => {
    holds((inputs) => {
      const open = new Map<string, string>();
      for (const { rule, alertId, state } of all(run(inputs))) {
        expect(open.get(rule) ?? alertId).toBe(alertId);
        if (state === 'resolved') open.delete(rule);
        else open.set(rule, alertId);
      }
    });
  });

  it('a patient alert is said to have recovered only by a score whose number is measured and below the threshold', () => {
    holds((inputs) => {
      for (const { input, transitions } of run(inputs)) {
        for (const { kind, resolution, firedAtMs, rule } of transitions) {
          if (kind !== 'patient' || resolution !== 'recovered') continue;
          if (input.kind !== 'score') throw new Error(`recovered by ${input.kind}`);
          const limit = firedAtMs === undefined ? { risk: 0.5, news2: 7 } : { risk: 0.3, news2: 5 };
          const value = rule === 'news2-high' ? input.score.news2?.total : input.score.risk?.median;
          expect(value).toBeLessThan(rule === 'news2-high' ? limit.news2 : limit.risk);
        }
      }
    });
  });

  it('what is not a score, a command or the end of the stay resolves no patient alert', () => {
    holds((inputs) => {
      for (const { input, transitions } of run(inputs)) {
        if (!['tick', 'heard', 'placed'].includes(input.kind)) continue;
        expect(transitions.filter(({ kind, state }) => kind === 'patient' && state === 'resolved')).toEqual([]);
      }
    });
  });

  it('what fires at first has held, at every score since, for as long as its rule asks', () => {
    holds((inputs) => {
      let overSinceMs: number | undefined;
      let completeness = 0;
      for (const { input, transitions, before, outcome } of run(inputs)) {
        if (input.kind === 'reopened' && outcome === 'applied') overSinceMs = undefined;
        if (input.kind === 'score' && outcome === 'applied' && input.score.risk) {
          const { risk, dueAtMs, completeness: measured } = input.score;
          const isOver = risk.median >= 0.5;
          if (isOver) [overSinceMs, completeness] = [overSinceMs ?? dueAtMs, measured!];
          else if (completeness - measured! < 0.11) overSinceMs = undefined;
        }
        for (const { rule, state, firedAtMs, changedAtMs, alertId } of transitions) {
          const isFirst = rule === 'risk-high' && state === 'firing' && !hasFired(before, alertId);
          if (!isFirst || firedAtMs !== changedAtMs) continue;
          if (input.kind !== 'score') throw new Error(`fired by ${input.kind}`);
          expect(input.score.dueAtMs - overSinceMs!).toBeGreaterThanOrEqual(10 * MINUTE_MS);
        }
      }
    });
  });

  it('within the refractory time no other alert of the rule opens, but at a level that is worse by what the rule says', () => {
    holds((inputs) => {
      let quietUntilMs = -Infinity;
      let level = Infinity;
      for (const { input, transitions } of run(inputs)) {
        for (const { rule, state, sequence, firedAtMs, changedAtMs, resolution, risk } of transitions) {
          if (rule !== 'risk-high') continue;
          if (sequence === 1 && input.atMs < quietUntilMs)
            expect(risk!.median).toBeGreaterThanOrEqual(level + 0.2 - 1e-9);
          if (state === 'firing' && firedAtMs === changedAtMs && risk) level = risk.median;
          if (state === 'resolved' && firedAtMs !== undefined && resolution !== 'stay-ended') {
            quietUntilMs = changedAtMs + 60 * MINUTE_MS;
          }
        }
        if (input.kind === 'reopened') quietUntilMs = -Infinity;
      }
    });
  });

  it('the same history gives the same bytes, also when the state was written down and read back between any two inputs', () => {
    holds((inputs) => {
      const [one, other] = [run(inputs), run(inputs, true)];
      expect(JSON.stringify(all(other))).toBe(JSON.stringify(all(one)));
      expect(JSON.stringify(other.at(-1)?.after)).toBe(JSON.stringify(one.at(-1)?.after));
    }, 80);
  });

  it('scores and commands that come twice change nothing', () => {
    holds((inputs) => {
      const twice = inputs.flatMap((input): AlertInput[] =>
        input.kind === 'score' || input.kind === 'command' ? [input, input] : [input],
      );
      expect(JSON.stringify(all(run(twice)))).toBe(JSON.stringify(all(run(inputs))));
    });
  });

  it('more ticks change nothing but when it is said', () => {
    holds((inputs) => {
      const ticked = inputs.flatMap((input): AlertInput[] => [{ kind: 'tick', atMs: input.atMs }, input]);
      expect(all(run(ticked))).toEqual(all(run(inputs)));
    });
  });

  it('a tick before the next deadline changes nothing, and one at it does', () => {
    holds((inputs) => {
      const { after } = run(inputs).at(-1) ?? { after: newStayAlerts('stay-1') };
      const dueMs = nextDeadlineMs(STORMY_POLICY, after) ?? Infinity;
      const farMs = after.clockMs + 1_000 * MINUTE_MS;
      const tick = (atMs: number): readonly AlertRecord[] =>
        decideAlerts(STORMY_POLICY, after, { kind: 'tick', atMs }).transitions;
      expect(tick(Math.min(dueMs - 1, farMs))).toEqual([]);
      if (dueMs <= farMs) expect(tick(dueMs)).not.toEqual([]);
    });
  });

  it('a stay that has ended has no open alert', () => {
    holds((inputs) => {
      for (const { after } of run(inputs)) {
        if (after.endedAtMs === undefined) continue;
        expect(Object.values(after.rules).filter(({ alert }) => alert)).toEqual([]);
      }
    });
  });
});

function hasFired(state: StayAlerts, alertId: string): boolean {
  return Object.values(state.rules).some(({ alert }) => alert?.alertId === alertId && alert.firedAtMs !== undefined);
}
