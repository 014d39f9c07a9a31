/** What a rule asks of a ward, and what it gives. NaN where there is nothing to divide by. */
export interface RuleBurden {
  /** Alerts that fired; one that fires again is counted once. */
  readonly alerts: number;
  /** Times that somebody was told: each firing, again after worsening, and each escalation. */
  readonly notifications: number;
  readonly alertsPerPatientDay: number;
  readonly notificationsPerPatientDay: number;
  /** Share of alerts that fired in stays that ended in death. */
  readonly positivePredictiveValue: number;
  /** Share of deaths with an alert before. */
  readonly deathsCaught: number;
  /** Share of survivors' stays with an alert. */
  readonly survivorsAlarmed: number;
  /** Hours from the first alert to death, over the deaths that were caught. */
  readonly leadHours: { readonly lowerQuartile: number; readonly median: number; readonly upperQuartile: number };
  /** Hours a patient-day in which an alert stood acknowledged: the load that stays with the staff. */
  readonly acknowledgedHoursPerPatientDay: number;
  /** Hours a patient-day in which an alert stood, acknowledged or not. */
  readonly standingHoursPerPatientDay: number;
}

/** Burden of a policy's patient rules on recorded scores. */
export interface PolicyBurden {
  readonly policyVersion: string;
  readonly stays: number;
  readonly deaths: number;
  readonly patientDays: number;
  /** All rules together: two rules' alerts of a stay are two alerts, a death is caught by the first. */
  readonly total: RuleBurden;
  readonly rules: Readonly<Record<string, RuleBurden>>;
}
