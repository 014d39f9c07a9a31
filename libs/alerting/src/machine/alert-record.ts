import type { Severity } from '../policy/alert-policy.js';

/** Where an alert stands. */
export type AlertState = 'pending' | 'firing' | 'acknowledged' | 'snoozed' | 'resolved';

/** Why an alert is over. */
export type AlertResolution = 'recovered' | 'stay-ended' | 'by-person' | 'superseded';

/** The newest score that had a risk, as an alert shows it. */
export interface AlertRisk {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly dueAtMs: number;
  readonly releaseId: string;
  readonly releaseStage: 'untrained' | 'research';
}

/** An alert's whole state after a transition; `vigil.alert.v1` on the wire, where each field is explained. */
export interface AlertRecord {
  readonly alertId: string;
  readonly stayId: string;
  readonly site: string;
  readonly ward: string;
  readonly bed: string;
  readonly rule: string;
  readonly policyVersion: string;
  readonly kind: 'patient' | 'technical';
  readonly severity: Severity;
  readonly state: AlertState;
  readonly sequence: number;
  readonly openedAtMs: number;
  readonly changedAtMs: number;
  readonly firedAtMs?: number;
  readonly snoozedUntilMs?: number;
  readonly escalationLevel: number;
  readonly by?: string;
  readonly why?: string;
  readonly resolution?: AlertResolution;
  readonly risk?: AlertRisk;
  readonly news2?: number;
  readonly summary: string;
}
