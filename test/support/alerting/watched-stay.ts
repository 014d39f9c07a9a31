import { MINUTE_MS } from '#clinical';
import {
  decideAlerts,
  newStayAlerts,
  type AlertInput,
  type AlertPolicy,
  type AlertRecord,
  type DecisionOutcome,
  type ScoreFacts,
  type StayAlerts,
} from '#alerting';

/** A score at a minute; `risk` is the median, with an interval of .05 to both sides. */
export function scoreAt(minute: number, risk: number | undefined, more: Partial<ScoreFacts> = {}): AlertInput {
  const score: ScoreFacts = {
    ...{ id: `${minute}|${risk}`, dueAtMs: minute * MINUTE_MS, site: 'here', ward: 'w', bed: 'b' },
    ...{ releaseId: 'r', releaseStage: 'research' },
    ...(risk === undefined
      ? { refusedBecause: 'too-little-data' }
      : { risk: { median: risk, low: Math.max(0, risk - 0.05), high: Math.min(1, risk + 0.05) } }),
    ...more,
  };
  return { kind: 'score', atMs: minute * MINUTE_MS, score };
}

/** A stay under a policy, told what happens minute by minute. */
export class WatchedStay {
  state: StayAlerts = newStayAlerts('stay-1');
  readonly transitions: AlertRecord[] = [];
  private commands = 0;

  constructor(private readonly policy: AlertPolicy) {}

  take(input: AlertInput): DecisionOutcome {
    const decision = decideAlerts(this.policy, this.state, input);
    this.state = decision.state;
    this.transitions.push(...decision.transitions);
    return decision.outcome;
  }

  score(minute: number, risk: number | undefined, more: Partial<ScoreFacts> = {}): DecisionOutcome {
    return this.take(scoreAt(minute, risk, more));
  }

  tick(minute: number): DecisionOutcome {
    return this.take({ kind: 'tick', atMs: minute * MINUTE_MS });
  }

  heard(minute: number, effectiveMinute = minute): DecisionOutcome {
    return this.take({ kind: 'heard', atMs: minute * MINUTE_MS, effectiveAtMs: effectiveMinute * MINUTE_MS });
  }

  /** A person's wish about the open alert of a rule. */
  ask(
    minute: number,
    action: 'acknowledge' | 'snooze' | 'resolve',
    more: { rule?: string; untilMinute?: number; commandId?: string; alertId?: string } = {},
  ): DecisionOutcome {
    const { rule = 'risk-high', untilMinute, commandId = `command-${this.commands++}` } = more;
    const alertId = more.alertId ?? this.state.rules[rule]?.alert?.alertId ?? 'none';
    const untilMs = untilMinute === undefined ? undefined : untilMinute * MINUTE_MS;
    const command = { commandId, alertId, action, by: 'dr-a', ...(untilMs === undefined ? {} : { untilMs }) };
    return this.take({ kind: 'command', atMs: minute * MINUTE_MS, command });
  }

  /** The transitions so far as `minute rule state`. */
  get story(): string[] {
    return this.transitions.map(({ changedAtMs, rule, state, escalationLevel, resolution }) =>
      [changedAtMs / MINUTE_MS, rule, state, escalationLevel || '', resolution ?? '']
        .join(' ')
        .trim()
        .replace(/ +/g, ' '),
    );
  }
}
