export type {
  AlertPolicy,
  Assignment,
  Clause,
  PatientRule,
  Rule,
  RuleSet,
  Severity,
  TechnicalCondition,
  TechnicalRule,
} from './policy/alert-policy.js';
export { parsePolicy } from './policy/parse-policy.js';
export { PolicyError } from './policy/policy-error.js';
export { rulesFor } from './policy/rules-for.js';
export { DECISION_OUTCOMES } from './machine/alert-input.js';
export type { AlertInput, AlertOrder, DecisionOutcome, ScoreFacts } from './machine/alert-input.js';
export type { AlertRecord, AlertResolution, AlertRisk, AlertState } from './machine/alert-record.js';
export { alertIdOf } from './machine/alert-id.js';
export { nextDeadlineMs } from './machine/advance-time.js';
export { decideAlerts } from './machine/decide-alerts.js';
export type { Decision } from './machine/decide-alerts.js';
export { newStayAlerts } from './machine/stay-alerts.js';
export type { Place, RuleState, StayAlerts } from './machine/stay-alerts.js';
export type { PolicyBurden, RuleBurden } from './simulation/policy-burden.js';
export type { ScoredRow, ScoredStay, SimulationOptions } from './simulation/scored-stay.js';
export { simulatePolicy } from './simulation/simulate-policy.js';
