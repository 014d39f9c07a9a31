import { lineChart, type Entry } from '#reporting';
import { alarmBurden } from '#evaluation';
import { simulatePolicyOn } from '../figures/simulate-policy-on.js';
import {
  ALARM_COLUMNS,
  alarmEntries,
  REFRACTORY_HOURS,
  rollingScores,
  thresholdCatching,
} from '../figures/threshold-alarms.js';
import type { JudgedScore } from '../figures/score-figures.js';
import type { JudgedScores } from './judged-scores.js';
import type { ReportPart, ReportTable } from './report-part.js';
import type { ValidationData } from './validation-data.js';

const SHARES = [0.8, 0.9] as const;
/** Thresholds of the Royal College of Physicians for an urgent and an emergency response (NEWS2, 2017). */
const NEWS2_THRESHOLDS = [5, 7] as const;
const CURVE_SHARES = [0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95] as const;

/** What alarms ask of a ward and give it: at thresholds, and under each alert policy. */
export async function alarmsPart(data: ValidationData, scores: JudgedScores): Promise<ReportPart> {
  const hasDeaths = scores.all.every(({ rows }) => rows.labels.includes(1));
  const picture = hasDeaths ? [await burdenPicture(data, scores)] : [];
  return {
    heading: 'Alarms',
    tables: [thresholdsTable(data, scores), ...data.policies.map((policy, at) => policyTable(data, policy, at))],
    pictures: picture,
  };
}

function thresholdsTable(data: ValidationData, { all, news2 }: JudgedScores): ReportTable {
  const { everyHours, seed, resamples } = data;
  const options = { seed, resamples };
  const caught = SHARES.flatMap((share) =>
    all.flatMap((score): Entry[][] => {
      const threshold = thresholdCatching(score, share, everyHours);
      if (threshold === undefined) return [];
      const rule = `${Math.round(100 * share)} % of deaths caught`;
      return [[score.name, rule, threshold, ...alarmEntries(score, threshold, everyHours, options)]];
    }),
  );
  const published = NEWS2_THRESHOLDS.map((threshold): Entry[] => [
    ...[news2.name, `NEWS2 of ${threshold} or more`, threshold],
    ...alarmEntries(news2, threshold, everyHours, options),
  ]);
  return {
    id: 'alarms',
    title: 'Alarms at a threshold',
    columns: [{ name: 'score' }, { name: 'rule' }, { name: 'threshold' }, ...ALARM_COLUMNS],
    rows: [...caught, ...(news2.rows.labels.length > 0 ? published : [])],
    notes: [
      `An alarm is raised at or above the threshold, then silence for ${REFRACTORY_HOURS} h. Thresholds that catch a share of the deaths were chosen on these very stays, for every score alike, so they flatter. An alarm is right when the stay ends in death, however long after; lead time runs from a death's first alarm. Patient-days count the time watched.`,
      'A death whose stay was never scored is not among the deaths here; the table of a policy counts it.',
    ],
  };
}

function policyTable(data: ValidationData, policy: ValidationData['policies'][number], at: number): ReportTable {
  const burdens = data.releases.map(({ releaseId, scores }) => {
    return { releaseId, burden: simulatePolicyOn(policy, data.facts, scores, data.everyHours) };
  });
  return {
    id: `policy-${at + 1}`,
    title: `Alert policy ${policy.version}`,
    columns: [
      ...['score', 'rule'].map((name) => ({ name })),
      ...['alerts', 'notifications', 'stays', 'deaths', 'patient-days'].map((name) => ({ name, digits: 0 })),
      ...['alerts per patient-day', 'notifications per patient-day', 'PPV of an alert'].map((name) => ({ name })),
      ...['share of deaths caught', 'share of survivors alarmed'].map((name) => ({ name })),
      ...['lead time h, median', 'lower quartile', 'upper quartile'].map((name) => ({ name, digits: 1 })),
    ],
    rows: burdens.flatMap(({ releaseId, burden }) =>
      [['all rules', burden.total] as const, ...Object.entries(burden.rules)].map(([rule, one]): Entry[] => [
        ...[releaseId, rule, one.alerts, one.notifications, burden.stays, burden.deaths, burden.patientDays],
        ...[one.alertsPerPatientDay, one.notificationsPerPatientDay, one.positivePredictiveValue],
        ...[one.deathsCaught, one.survivorsAlarmed],
        ...[one.leadHours.median, one.leadHours.lowerQuartile, one.leadHours.upperQuartile],
      ]),
    ),
    notes: [
      `${policy.description} Simulated by the live state machine on these scores, refused ones included; each alert is acknowledged ten minutes after it fires. Technical rules are left out: recorded scores do not say what the feed did between them.`,
    ],
  };
}

/** Alarms a patient-day against the share of deaths caught, by threshold. */
function burdenPicture({ everyHours }: ValidationData, { all }: JudgedScores): Promise<string> {
  const points = (score: JudgedScore): { x: number; y: number }[] =>
    CURVE_SHARES.flatMap((share) => {
      const threshold = thresholdCatching(score, share, everyHours);
      if (threshold === undefined) return [];
      const policy = { threshold, refractoryHours: REFRACTORY_HOURS };
      const burden = alarmBurden(rollingScores(score, everyHours), policy);
      return [{ x: burden.deathsCaught, y: burden.alarmsPerPatientDay }];
    });
  return lineChart({
    title: 'Alarm burden',
    x: { title: 'share of deaths caught', domain: [0, 1] },
    y: { title: 'alarms per patient-day' },
    series: all.map((score) => ({ name: score.name, points: points(score) })),
    marked: true,
  });
}
