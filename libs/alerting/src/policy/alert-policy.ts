/** Urgency of a rule's alerts. */
export type Severity = 'warning' | 'critical';

/** One of the conditions of a patient rule; all of them must hold for it to rise, and one that is under its fall ends it. */
export interface Clause {
  /** `risk`: probability of in-hospital death, 0 to 1. `news2`: its sum, 0 to 20. */
  readonly measure: 'risk' | 'news2';
  /**
   * Which number of the risk's 5-95 % interval counts. `low` asks that even the lower end is over the threshold.
   * @default 'median'
   */
  readonly bound?: 'low' | 'median' | 'high';
  /** At or above it the condition holds. */
  readonly rise: number;
  /** Below it the condition is over. At most `rise`; between the two nothing changes. */
  readonly fall: number;
}

/** What every rule has. */
interface RuleBase {
  /** Name within its set, such as `risk-critical`. */
  readonly name: string;
  readonly severity: Severity;
  /**
   * Minutes after it began to fire at which an alert that nobody has acknowledged is passed on, ascending; one level each. An alert that
   * gets worse meanwhile does not wait longer for it.
   * @default []
   */
  readonly escalateAfterMinutes?: readonly number[];
  /** Longest snooze that a person may ask for, minutes. */
  readonly maxSnoozeMinutes: number;
  /**
   * Rules, further down in the set, that stay quiet while an alert of this one is open.
   * @default []
   */
  readonly inhibits?: readonly string[];
}

/** A rule about the patient, judged on scores. */
export interface PatientRule extends RuleBase {
  readonly kind: 'patient';
  /** The first is the one whose number decides what "worse" means. */
  readonly when: readonly Clause[];
  /** Event time for which all conditions must have held without a break before it fires, minutes. */
  readonly forMinutes: number;
  /** Event time for which a condition must have stayed under its fall before it resolves, minutes. */
  readonly recoverForMinutes: number;
  /** Time after the end of an alert that had fired in which no other of this rule may open, minutes. */
  readonly refractoryMinutes: number;
  /**
   * Rise of the first condition's number, above that at which it last fired, at which an open alert fires again, acknowledged or not;
   * it also breaks the refractory time. Absent: never.
   */
  readonly worsenBy?: number;
}

/** What a technical rule looks for. */
export const TECHNICAL_CONDITIONS = [
  /** The newest value of the stay is old. */
  'stale',
  /** The same, for so long that the feed must be taken for silent. */
  'feed-silent',
  /** Values that are newer than the newest score wait for the next one. */
  'score-overdue',
  /** Scores are refused because no model can compute them. */
  'model-unavailable',
  /** Values carry times ahead of the log's clock. */
  'clock-skew',
] as const;

/** One of {@link TECHNICAL_CONDITIONS}. */
export type TechnicalCondition = (typeof TECHNICAL_CONDITIONS)[number];

/** A rule about the means by which the patient is watched. */
export interface TechnicalRule extends RuleBase {
  readonly kind: 'technical';
  readonly condition: TechnicalCondition;
  /** Time for which the condition must have held, minutes. */
  readonly afterMinutes: number;
}

/** One rule. */
export type Rule = PatientRule | TechnicalRule;

/** Rules that apply together, the most urgent first. */
export type RuleSet = readonly Rule[];

/** Where a rule set applies; `*` stands for every site or every ward. */
export interface Assignment {
  readonly site: string;
  readonly ward: string;
  readonly ruleSet: string;
}

/** A policy as loaded: checked, and with a set of rules for every stay. */
export interface AlertPolicy {
  readonly schemaVersion: 1;
  /** Named on every alert; a changed file has a new version. */
  readonly version: string;
  /** What it is for and where its thresholds come from. */
  readonly description: string;
  /** Sites and their wards, so that a misspelt one is found. Absent: any name is taken. */
  readonly sites?: Readonly<Record<string, readonly string[]>>;
  /**
   * Largest loss of completeness (share of signals, 0 to 1), against the newest score that was over the threshold, with which a lower
   * risk counts as recovery. A risk that fell because values went missing is no recovery.
   */
  readonly maxCompletenessLoss: number;
  readonly ruleSets: Readonly<Record<string, RuleSet>>;
  readonly assignments: readonly Assignment[];
}
