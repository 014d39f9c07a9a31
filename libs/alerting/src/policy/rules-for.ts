import type { AlertPolicy, RuleSet } from './alert-policy.js';

/** The rules for a ward: those of the ward itself, else of its site, else of everywhere. */
export function rulesFor(policy: AlertPolicy, site: string, ward: string): RuleSet {
  const of = (siteName: string, wardName: string): string | undefined =>
    policy.assignments.find((assignment) => assignment.site === siteName && assignment.ward === wardName)?.ruleSet;
  const name = of(site, ward) ?? of(site, '*') ?? of('*', '*');
  if (name === undefined)
    throw new Error(`policy ${policy.version} has no rules for everywhere; load it with parsePolicy`);
  return policy.ruleSets[name]!;
}
