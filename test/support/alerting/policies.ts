import type { AlertPolicy, PatientRule, Rule, TechnicalRule } from '#alerting';

/** A patient rule on the median risk, rise .5 and fall .3, that changes at once; and whatever is said instead. */
export function patientRule(more: Partial<PatientRule> = {}): PatientRule {
  return {
    ...{ kind: 'patient', name: 'risk-high', severity: 'critical' },
    when: [{ measure: 'risk', rise: 0.5, fall: 0.3 }],
    ...{ forMinutes: 0, recoverForMinutes: 0, refractoryMinutes: 0, maxSnoozeMinutes: 120 },
    ...more,
  };
}

/** A technical rule that holds after an hour without a new value, and whatever is said instead. */
export function technicalRule(more: Partial<TechnicalRule> = {}): TechnicalRule {
  return {
    ...{ kind: 'technical', name: 'feed-silent', severity: 'warning', condition: 'feed-silent' },
    ...{ afterMinutes: 60, maxSnoozeMinutes: 120 },
    ...more,
  };
}

/** A policy with these rules for everywhere. */
export function policyOf(...rules: readonly Rule[]): AlertPolicy {
  return {
    ...{ schemaVersion: 1, version: 'spec-1', description: 'for specs', maxCompletenessLoss: 0.1 },
    ruleSets: { all: rules },
    assignments: [{ site: '*', ward: '*', ruleSet: 'all' }],
  };
}
