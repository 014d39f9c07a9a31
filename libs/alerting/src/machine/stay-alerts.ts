import type { AlertRecord } from './alert-record.js';
import type { ScoreFacts } from './alert-input.js';

/** What a rule remembers of a stay. */
export interface RuleState {
  /** The open alert. */
  readonly alert?: AlertRecord;
  /** Number of the first condition at which the alert last fired, or at which the last one did. */
  readonly level?: number;
  /** Since when the alert has fired without an answer by a person: worsening does not begin it anew. */
  readonly unansweredSinceMs?: number;
  /** Event time since which all conditions have held without a break. */
  readonly overSinceMs?: number;
  /** Event time since which a condition has been under its fall. */
  readonly underSinceMs?: number;
  /** What the newest score over the threshold was measured on. */
  readonly held?: { readonly missing: readonly string[]; readonly completeness?: number };
  /** End of the refractory time. */
  readonly quietUntilMs?: number;
  /** A person resolved a technical alarm: none is raised until its condition has cleared once. */
  readonly waived?: boolean;
  /** Opening time of the last alert, so that no two have the same. */
  readonly lastOpenedAtMs?: number;
  /** The last alert that was resolved. */
  readonly lastResolvedId?: string;
}

/** Where a stay is. */
export interface Place {
  readonly site: string;
  readonly ward: string;
  readonly bed: string;
}

/** The alerts of a stay and all that decides about them. Plain JSON: kept as it is in a snapshot. */
export interface StayAlerts {
  readonly stayId: string;
  /** Absent until an admission or a score has said it; without a place no rule applies. */
  readonly place?: Place;
  /** When the stay ended. */
  readonly endedAtMs?: number;
  /** Greatest time of an input. */
  readonly clockMs: number;
  /** Time of the newest usable value; of the admission where there is none. */
  readonly heardAtMs?: number;
  /** Log time of the first value that waits for a score newer than the newest. */
  readonly waitingSinceMs?: number;
  /** Log time of the first of the scores in a row that had no model. */
  readonly modelAwaySinceMs?: number;
  /** Log times of the first and the last value in a row that was ahead of its time. */
  readonly skew?: { readonly firstMs: number; readonly lastMs: number };
  /** The newest score, and the ids of all scores taken of the same due time. */
  readonly score?: ScoreFacts;
  readonly idsAtDue: readonly string[];
  /** Ids of the last commands taken, oldest first. */
  readonly commandIds: readonly string[];
  readonly rules: Readonly<Record<string, RuleState>>;
}

/** A stay of which nothing is known yet. */
export function newStayAlerts(stayId: string): StayAlerts {
  return { stayId, clockMs: 0, idsAtDue: [], commandIds: [], rules: {} };
}
