import {
  alarmBurden,
  alarmBurdenIntervals,
  thresholdForDeathsCaught,
  type AlarmBurden,
  type AlarmFigure,
  type Estimate,
  type RollingScores,
} from '#evaluation';
import type { WindowStore } from '#training';
import type { ScoredWindows } from '../mortality/scored-windows.js';

/** Silence after an alarm: whoever was called has seen the patient. */
export const REFRACTORY_HOURS = 12;

/** What alarms at a threshold that catches a share of the deaths ask of a ward. */
export interface AlarmsCatching {
  /** Share of deaths that the threshold was chosen to catch. */
  readonly share: number;
  readonly threshold: number;
  readonly burden: AlarmBurden;
  readonly intervals: Readonly<Record<AlarmFigure, Estimate>>;
}

/** The scores of a method as stays that were scored again and again. @param everyHours time between two windows */
export function rollingOf({ labels }: WindowStore, scored: ScoredWindows, everyHours: number): RollingScores {
  const rows = scored.indices.map((index) => labels[index]!);
  const lastHour = new Map<string, number>();
  for (const { stayId, hoursSinceAdmission } of rows)
    lastHour.set(stayId, Math.max(lastHour.get(stayId) ?? 0, hoursSinceAdmission));
  return {
    stays: rows.map(({ stayId }) => stayId),
    patients: rows.map(({ patientId }) => patientId),
    hours: rows.map(({ hoursSinceAdmission }) => hoursSinceAdmission),
    risks: scored.risks,
    labels: rows.map(({ died }) => Number(died)),
    // A day of death is known to a day only; no score comes after the end.
    endHours: rows.map(({ stayId, endHours }) => Math.max(endHours ?? 0, lastHour.get(stayId)!)),
    everyHours,
  };
}

/** Alarms at the highest threshold that catches a share of the deaths of these very stays; undefined without deaths. */
export function alarmsCatching(
  scores: RollingScores,
  share: number,
  options: { readonly seed: number; readonly resamples: number },
): AlarmsCatching | undefined {
  const threshold = thresholdForDeathsCaught(scores, share);
  if (threshold === undefined) return undefined;
  const policy = { threshold, refractoryHours: REFRACTORY_HOURS };
  return {
    share,
    threshold,
    burden: alarmBurden(scores, policy),
    intervals: alarmBurdenIntervals(scores, policy, options),
  };
}
