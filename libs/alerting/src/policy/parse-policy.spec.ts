import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { patientRule, policyOf, technicalRule } from '../../../../test/support/alerting/policies.js';
import type { AlertPolicy, Rule } from './alert-policy.js';
import { parsePolicy } from './parse-policy.js';
import { PolicyError } from './policy-error.js';
import { rulesFor } from './rules-for.js';

const SHIPPED = 'apps/alerter/policies';

/** The problems of a policy, one sentence each. */
function problemsOf(policy: unknown): readonly string[] {
  try {
    parsePolicy(policy);
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  return [];
}

const problemsOfRules = (...rules: Rule[]): readonly string[] => problemsOf(policyOf(...rules));
const risk = (rise: number, fall: number): Partial<ReturnType<typeof patientRule>> => ({
  when: [{ measure: 'risk', rise, fall }],
});

describe('the shipped policies', () => {
  it.each(readdirSync(SHIPPED))('%s loads, and its version is its name', (file) => {
    const policy = parsePolicy(JSON.parse(readFileSync(join(SHIPPED, file), 'utf8')));
    expect(`${policy.version}.json`).toBe(file);
  });

  it('default-2 has the thresholds that the validation part gave', () => {
    const policy = parsePolicy(JSON.parse(readFileSync(join(SHIPPED, 'default-2.json'), 'utf8')));
    const table = readFileSync('test/bench/results/live-validation/live-alarms-challenge-2012.csv', 'utf8').split('\n');
    const thresholdAt = (percent: number): number =>
      Number(table.find((line) => line.startsWith(`icu-36-research-4,${percent},`))!.split(',')[2]);
    const rises = rulesFor(policy, 'any', 'any').flatMap((rule) =>
      rule.kind === 'patient' ? [rule.when[0]!.rise] : [],
    );
    expect(Math.abs(rises[0]! - thresholdAt(80))).toBeLessThan(0.005);
    expect(Math.abs(rises[1]! - thresholdAt(90))).toBeLessThan(0.005);
  });
});

describe('a policy is refused', () => {
  it('names every problem of its form with its place', () => {
    const policy = { ...policyOf(patientRule()), version: undefined, maxCompletenessLoss: 2, extra: 1 };
    expect(problemsOf(policy)).toEqual([
      expect.stringMatching(/^version: /),
      expect.stringMatching(/^maxCompletenessLoss: /),
      expect.stringMatching(/^policy: .*extra/),
    ]);
  });

  it.each([
    ['a fall above the rise', risk(0.5, 0.6), 'risk (median): fall 0.6 is above rise 0.5; expected it at or below'],
    ['a rise that nothing reaches', risk(1.2, 0.5), 'rise 1.2 can never be reached; expected at most 1'],
    ['a rise that always holds', risk(-0.1, -0.2), 'rise -0.1 always holds'],
    ['a fall that nothing is below', risk(0.5, 0), 'nothing is ever below fall 0'],
    ['worsening beyond the scale', { worsenBy: 0.6 }, 'worsenBy 0.6 above a rise of 0.5 lies beyond 1'],
    ['escalation out of order', { escalateAfterMinutes: [30, 15] }, 'escalateAfterMinutes must ascend'],
    ['inhibiting a rule that is not there', { inhibits: ['other'] }, 'it inhibits other, which is not in the set'],
    [
      'an interval of NEWS2',
      { when: [{ measure: 'news2', bound: 'low', rise: 7, fall: 5 }] },
      'news2 has no interval; leave `bound` out',
    ],
  ] as const)('for %s', (_, changes, problem) => {
    expect(problemsOfRules(patientRule(changes))).toContainEqual(expect.stringContaining(problem));
  });

  it('for times that are no whole seconds, for an alert is dated in whole milliseconds', () => {
    const problems = [{ escalateAfterMinutes: [1 / 7] }, { maxSnoozeMinutes: 1.00001 }].flatMap((changes) =>
      problemsOfRules(patientRule(changes)),
    );
    expect(problems).toEqual([
      'ruleSets.all.0.escalateAfterMinutes.0: expected a whole number of seconds',
      'ruleSets.all.0.maxSnoozeMinutes: expected a whole number of seconds',
    ]);
    expect(problemsOfRules(patientRule({ escalateAfterMinutes: [0.1, 1 / 3, 1.1], forMinutes: 7 / 60 }))).toEqual([]);
  });

  it('for a set or a site that only an object of the language has', () => {
    const policy = { ...policyOf(patientRule()), sites: { north: ['icu-1'] } };
    const assignments = [...policy.assignments, { site: 'constructor', ward: 'icu-1', ruleSet: 'constructor' }];
    expect(problemsOf({ ...policy, assignments })).toEqual([
      'assignment of site constructor, ward icu-1: there is no rule set constructor; expected one of all',
      'unknown site constructor; expected one of north, or * for all',
    ]);
  });

  it('for two rules that would tell of the same thing twice', () => {
    const lower = patientRule({ name: 'risk-raised', ...risk(0.4, 0.2) });
    expect(problemsOfRules(patientRule(), lower)).toEqual([
      expect.stringContaining('risk-high and risk-raised overlap'),
    ]);
    expect(problemsOfRules(patientRule({ inhibits: ['risk-raised'] }), lower)).toEqual([]);
    const [silent, stale] = [technicalRule(), technicalRule({ name: 'stale', condition: 'stale', afterMinutes: 30 })];
    expect(problemsOfRules(silent, stale)).toEqual([expect.stringContaining('both tell of old values')]);
    expect(problemsOfRules({ ...silent, inhibits: ['stale'] }, stale)).toEqual([]);
  });

  it('for a rule that another one always keeps quiet', () => {
    const higher = patientRule({ name: 'risk-higher', ...risk(0.6, 0.2) });
    const problems = problemsOfRules(patientRule({ inhibits: ['risk-higher'] }), higher);
    expect(problems).toEqual([expect.stringContaining('risk-higher is unreachable: risk-high')]);
    const stale = technicalRule({ name: 'stale', condition: 'stale', afterMinutes: 60 });
    expect(problemsOfRules(technicalRule({ inhibits: ['stale'] }), stale)).toEqual([
      expect.stringContaining('stale is unreachable: feed-silent'),
    ]);
  });

  it('for an unknown site or ward, a set that is missing or unused, and a stay that would go unwatched', () => {
    const policy: AlertPolicy = {
      ...policyOf(patientRule()),
      sites: { north: ['icu-1'] },
      ruleSets: { all: [patientRule()], spare: [patientRule()] },
      assignments: [
        { site: 'nroth', ward: '*', ruleSet: 'all' },
        { site: 'north', ward: 'icu-2', ruleSet: 'none' },
      ],
    };
    expect(problemsOf(policy)).toEqual([
      'unknown site nroth; expected one of north, or * for all',
      'assignment of site north, ward icu-2: there is no rule set none; expected one of all, spare',
      'unknown ward icu-2 of site north; expected one of icu-1, or * for all',
      expect.stringContaining('would go unwatched'),
      'rule set spare applies nowhere; assign it or take it out',
    ]);
  });
});

describe('rulesFor', () => {
  it('takes the rules of the ward, else of the site, else of everywhere', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => [patientRule({ name })]);
    const policy = parsePolicy({
      ...policyOf(),
      ruleSets: { a, b, c },
      assignments: [
        { site: '*', ward: '*', ruleSet: 'a' },
        { site: 'north', ward: '*', ruleSet: 'b' },
        { site: 'north', ward: 'icu-1', ruleSet: 'c' },
      ],
    });
    expect([
      rulesFor(policy, 'south', 'icu-1'),
      rulesFor(policy, 'north', 'x'),
      rulesFor(policy, 'north', 'icu-1'),
    ]).toEqual([a, b, c]);
  });
});
