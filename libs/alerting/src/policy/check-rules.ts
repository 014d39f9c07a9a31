import type { Clause, PatientRule, Rule, RuleSet, TechnicalRule } from './alert-policy.js';

/** Greatest number that a measure can reach. */
const GREATEST = { risk: 1, news2: 20 } as const;

/** What is wrong with a set of rules, one sentence each; empty when nothing is. */
export function checkRules(setName: string, rules: RuleSet): string[] {
  const problems = [
    ...repeatedNames(rules),
    ...rules.flatMap((rule, at) => checkRule(rule, at, rules)),
    ...overlaps(rules),
  ];
  return problems.map((problem) => `rule set ${setName}: ${problem}`);
}

function repeatedNames(rules: RuleSet): string[] {
  const names = rules.map(({ name }) => name);
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return [...repeated].map((name) => `two rules are named ${name}; expected one`);
}

function checkRule(rule: Rule, at: number, rules: RuleSet): string[] {
  const ofKind = rule.kind === 'patient' ? checkPatientRule(rule) : checkTechnicalRule(rule);
  return [...ofKind, ...checkEscalation(rule), ...checkInhibits(rule, at, rules)].map(
    (problem) => `rule ${rule.name}: ${problem}`,
  );
}

function checkPatientRule({ when, worsenBy }: PatientRule): string[] {
  const problems = when.flatMap(checkClause);
  const [first] = when;
  if (first && worsenBy !== undefined && first.rise + worsenBy > GREATEST[first.measure]) {
    problems.push(
      `worsenBy ${worsenBy} above a rise of ${first.rise} lies beyond ${GREATEST[first.measure]}, so it can never fire again; expected less`,
    );
  }
  return problems;
}

function checkClause({ measure, bound, rise, fall }: Clause): string[] {
  const words = measure === 'risk' ? `risk (${bound ?? 'median'})` : 'news2';
  const problems: string[] = [];
  if (measure === 'news2' && bound !== undefined) problems.push('news2 has no interval; leave `bound` out');
  if (fall > rise) problems.push(`${words}: fall ${fall} is above rise ${rise}; expected it at or below`);
  if (rise > GREATEST[measure]) {
    problems.push(`${words}: rise ${rise} can never be reached; expected at most ${GREATEST[measure]}`);
  }
  if (rise <= 0) problems.push(`${words}: rise ${rise} always holds; expected more than 0`);
  if (fall <= 0) problems.push(`${words}: nothing is ever below fall ${fall}; expected more than 0`);
  return problems;
}

function checkTechnicalRule({ afterMinutes, condition }: TechnicalRule): string[] {
  return afterMinutes > 0 ? [] : [`${condition} after 0 minutes always holds; expected more`];
}

function checkEscalation({ escalateAfterMinutes = [] }: Rule): string[] {
  const ascends = escalateAfterMinutes.every((after, at) => after > (escalateAfterMinutes[at - 1] ?? 0));
  return ascends ? [] : ['escalateAfterMinutes must ascend from above 0'];
}

function checkInhibits({ inhibits = [], kind }: Rule, at: number, rules: RuleSet): string[] {
  return inhibits.flatMap((name) => {
    const other = rules.findIndex((rule) => rule.name === name);
    if (other === -1) return [`it inhibits ${name}, which is not in the set`];
    if (other <= at) return [`it inhibits ${name}, which must stand below it`];
    return rules[other]!.kind === kind ? [] : [`it inhibits ${name}, which is not of its kind (${kind})`];
  });
}

/** Rules that would tell of the same thing twice, and rules that could never speak. */
function overlaps(rules: RuleSet): string[] {
  return rules.flatMap((one, at) =>
    rules.slice(at + 1).flatMap((other) => {
      if (one.kind === 'technical' && other.kind === 'technical') return technicalOverlap(one, other);
      return one.kind === 'patient' && other.kind === 'patient' ? patientOverlap(one, other) : [];
    }),
  );
}

function technicalOverlap(one: TechnicalRule, other: TechnicalRule): string[] {
  if (family(one) !== family(other)) return [];
  const pair = `rules ${one.name} and ${other.name}`;
  if (!inhibits(one, other))
    return [`${pair} overlap: both tell of ${family(one)}; let ${one.name} inhibit ${other.name}`];
  return one.afterMinutes > other.afterMinutes
    ? []
    : [`${other.name} is unreachable: ${one.name}, which inhibits it, holds after ${one.afterMinutes} minutes already`];
}

function family({ condition }: TechnicalRule): string {
  return condition === 'feed-silent' || condition === 'stale' ? 'old values' : condition;
}

/** Of rules with one condition each on the same number; more conditions may be meant to overlap. */
function patientOverlap(one: PatientRule, other: PatientRule): string[] {
  const [a, b] = [one.when[0]!, other.when[0]!];
  const sameNumber = a.measure === b.measure && (a.bound ?? 'median') === (b.bound ?? 'median');
  if (!sameNumber || other.when.length > 1) return [];
  const pair = `rules ${one.name} and ${other.name}`;
  if (!inhibits(one, other)) {
    return [
      `${pair} overlap: both tell of the same ${a.measure}; let the more urgent one stand first and inhibit the other`,
    ];
  }
  const unreachable = one.when.length === 1 && a.rise <= b.rise && one.forMinutes <= other.forMinutes;
  if (unreachable) {
    return [
      `${other.name} is unreachable: ${one.name}, which inhibits it, rises at ${a.rise} already, not above ${b.rise}`,
    ];
  }
  return [];
}

function inhibits(one: Rule, other: Rule): boolean {
  return one.inhibits?.includes(other.name) ?? false;
}
