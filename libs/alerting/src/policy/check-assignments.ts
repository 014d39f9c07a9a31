import type { AlertPolicy } from './alert-policy.js';

/** What is wrong with where the sets of rules apply, one sentence each. */
export function checkAssignments({ assignments, ruleSets, sites }: AlertPolicy): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { site, ward, ruleSet } of assignments) {
    const where = `assignment of site ${site}, ward ${ward}`;
    if (seen.has(`${site}\n${ward}`)) problems.push(`${where} stands twice; expected once`);
    seen.add(`${site}\n${ward}`);
    if (!Object.hasOwn(ruleSets, ruleSet)) {
      problems.push(`${where}: there is no rule set ${ruleSet}; expected one of ${Object.keys(ruleSets).join(', ')}`);
    }
    if (site === '*' && ward !== '*') problems.push(`${where}: a ward needs its site, for two sites may share a name`);
    if (sites && site !== '*') problems.push(...unknownPlace(sites, site, ward));
  }
  if (!seen.has('*\n*')) {
    problems.push(
      'no set applies to site *, ward *, so a stay elsewhere would go unwatched; expected such an assignment',
    );
  }
  const used = new Set(assignments.map(({ ruleSet }) => ruleSet));
  const unused = Object.keys(ruleSets).filter((name) => !used.has(name));
  return [...problems, ...unused.map((name) => `rule set ${name} applies nowhere; assign it or take it out`)];
}

function unknownPlace(sites: NonNullable<AlertPolicy['sites']>, site: string, ward: string): string[] {
  const wards = Object.hasOwn(sites, site) ? sites[site] : undefined;
  if (!wards) return [`unknown site ${site}; expected one of ${Object.keys(sites).join(', ')}, or * for all`];
  if (ward === '*' || wards.includes(ward)) return [];
  return [`unknown ward ${ward} of site ${site}; expected one of ${wards.join(', ')}, or * for all`];
}
