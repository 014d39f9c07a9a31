import {
  alarmBurden,
  alarmBurdenIntervals,
  thresholdForDeathsCaught,
  type BootstrapOptions,
  type RollingScores,
} from '#evaluation';
import type { Column, Entry } from '#reporting';
import { scoreValues, type JudgedScore } from './score-figures.js';

/** Silence after an alarm: whoever was called has seen the patient. */
export const REFRACTORY_HOURS = 12;

/** Columns of the tables of alarms, after the score and the policy. */
export const ALARM_COLUMNS: readonly Column[] = [
  { name: 'alarms', digits: 0 },
  { name: 'patient-days', digits: 0 },
  { name: 'alarms per patient-day', interval: true },
  { name: 'PPV of an alarm', interval: true },
  { name: 'share of deaths caught', interval: true },
  { name: 'share of survivors alarmed', interval: true },
  { name: 'lead time h, median', digits: 1 },
  { name: 'lower quartile', digits: 1 },
  { name: 'upper quartile', digits: 1 },
];

/** The scores of stays as a rolling score. */
export function rollingScores(score: JudgedScore, everyHours: number): RollingScores {
  const { stays, patients, labels, hours, endHours } = score.rows;
  return { stays, patients, labels, hours, endHours, risks: scoreValues(score), everyHours };
}

/** The highest threshold that catches a share of the deaths of these very stays; undefined without a death. */
export function thresholdCatching(score: JudgedScore, share: number, everyHours: number): number | undefined {
  return thresholdForDeathsCaught(rollingScores(score, everyHours), share);
}

/** Entries under {@link ALARM_COLUMNS} for alarms at or above a threshold, with {@link REFRACTORY_HOURS} of silence after each. */
export function alarmEntries(
  score: JudgedScore,
  threshold: number,
  everyHours: number,
  options: BootstrapOptions,
): Entry[] {
  const scores = rollingScores(score, everyHours);
  const policy = { threshold, refractoryHours: REFRACTORY_HOURS };
  const burden = alarmBurden(scores, policy);
  const intervals = alarmBurdenIntervals(scores, policy, options);
  const { median, lowerQuartile, upperQuartile } = burden.leadHours;
  return [
    ...[burden.alarms, burden.patientDays],
    ...[intervals.alarmsPerPatientDay, intervals.positivePredictiveValue],
    ...[intervals.deathsCaught, intervals.survivorsAlarmed],
    ...[median, lowerQuartile, upperQuartile],
  ];
}
