import fc from 'fast-check';
import { MINUTE_MS } from '#clinical';
import { alertIdOf, parsePolicy, type AlertInput, type AlertOrder, type ScoreFacts } from '#alerting';
import { patientRule, policyOf, technicalRule } from './policies.js';

/** A policy whose times are short against those of {@link anyHistory}, so that everything happens often. */
export const STORMY_POLICY = parsePolicy(
  policyOf(
    patientRule({
      ...{ forMinutes: 10, refractoryMinutes: 60, worsenBy: 0.2, escalateAfterMinutes: [10, 20], maxSnoozeMinutes: 30 },
      inhibits: ['news2-high'],
    }),
    patientRule({
      ...{ name: 'news2-high', severity: 'warning', recoverForMinutes: 5, refractoryMinutes: 15, worsenBy: 3 },
      when: [{ measure: 'news2', rise: 7, fall: 5 }],
    }),
    technicalRule({ inhibits: ['stale'], afterMinutes: 40, escalateAfterMinutes: [15] }),
    technicalRule({ name: 'stale', condition: 'stale', afterMinutes: 15 }),
    technicalRule({ name: 'model', condition: 'model-unavailable', afterMinutes: 5 }),
    technicalRule({ name: 'skew', condition: 'clock-skew', afterMinutes: 5 }),
    technicalRule({ name: 'overdue', condition: 'score-overdue', afterMinutes: 20 }),
  ),
);

const RULES = ['risk-high', 'risk-high', 'news2-high', 'feed-silent', 'stale'];
const MINUTES = 300;

type Draw = (clockMinute: number) => AlertInput;

const anyScore = fc
  .record({
    back: fc.constantFrom(0, 0, 0, 0, 5),
    risk: fc.option(fc.constantFrom(0.1, 0.25, 0.4, 0.55, 0.6, 0.7, 0.8, 0.95), { freq: 6 }),
    news2: fc.option(fc.constantFrom(2, 4, 6, 8, 11), { freq: 4 }),
    missing: fc.subarray(['spo2', 'consciousness']),
    completeness: fc.constantFrom(0.4, 0.75, 0.8),
    away: fc.boolean(),
  })
  .map(({ back, risk, news2, missing, completeness, away }): Draw => (minute) => {
    const dueAtMs = (minute - back) * MINUTE_MS;
    const score: ScoreFacts = {
      ...{ id: `${dueAtMs}|${risk}|${news2}|${missing.length}|${completeness}`, dueAtMs, completeness },
      ...{ site: 'here', ward: 'w', bed: 'b', releaseId: 'r', releaseStage: 'research' },
      ...(risk === null ? {} : { risk: { median: risk, low: risk, high: risk } }),
      ...(risk === null ? { refusedBecause: away ? 'model-unavailable' : 'too-little-data' } : {}),
      ...(news2 === null ? {} : { news2: { total: news2, missing } }),
    };
    return { kind: 'score', atMs: minute * MINUTE_MS, score };
  });

/** A command about an alert that a rule may have opened at some minute; most name one that exists, for few openings are possible. */
const anyCommand = fc
  .record({
    id: fc.nat(40),
    rule: fc.constantFrom(...RULES),
    openedAgo: fc.nat(20),
    action: fc.constantFrom('acknowledge' as const, 'snooze' as const, 'resolve' as const),
    untilAhead: fc.integer({ min: -5, max: 60 }),
  })
  .map(({ id, rule, openedAgo, action, untilAhead }): Draw => (minute) => {
    const alertId = alertIdOf('stay-1', rule, (minute - openedAgo) * MINUTE_MS);
    const until = action === 'snooze' ? { untilMs: (minute + untilAhead) * MINUTE_MS } : {};
    const command: AlertOrder = { commandId: `c${id}`, alertId, action, by: 'dr-a', ...until };
    return { kind: 'command', atMs: minute * MINUTE_MS, command };
  });

const anyHeard = fc.constantFrom(0, -2, 3, -30, 9).map((ahead): Draw => (minute) => ({
  kind: 'heard',
  atMs: minute * MINUTE_MS,
  effectiveAtMs: (minute + ahead) * MINUTE_MS,
}));

const anyTick = fc.constant<Draw>((minute) => ({ kind: 'tick', atMs: minute * MINUTE_MS }));

const anyLife = fc
  .constantFrom('placed' as const, 'placed' as const, 'ended' as const, 'merged' as const, 'reopened' as const)
  .map((kind): Draw => (minute) => {
    const atMs = minute * MINUTE_MS;
    return kind === 'placed' ? { kind, atMs, site: 'here', ward: 'w', bed: `b${minute % 3}` } : { kind, atMs };
  });

/** What may happen to a stay in five hours, in the order of the log; whole minutes, time never goes back. */
export function anyHistory(): fc.Arbitrary<AlertInput[]> {
  const event = fc.oneof(
    { weight: 12, arbitrary: anyScore },
    { weight: 5, arbitrary: anyCommand },
    { weight: 4, arbitrary: anyHeard },
    { weight: 3, arbitrary: anyTick },
    { weight: 1, arbitrary: anyLife },
  );
  return fc.array(fc.tuple(fc.constantFrom(0, 1, 2, 5, 5, 10, 25), event), { maxLength: 60 }).map((draws) => {
    let minute = 0;
    const inputs: AlertInput[] = [];
    for (const [step, draw] of draws) {
      minute += step;
      if (minute > MINUTES) break;
      inputs.push(draw(minute));
    }
    return inputs;
  });
}
