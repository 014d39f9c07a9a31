import { DAY_MS, HOUR_MS } from '#clinical';
import type { AlertRecord } from '../machine/alert-record.js';
import type { RuleBurden } from './policy-burden.js';

/** The transitions of one stay, and what is known of it. */
export interface SimulatedStay {
  readonly died: boolean;
  readonly endedAtMs: number;
  readonly transitions: readonly AlertRecord[];
}

/** Adds up what alerts asked of a ward over the days that it was watched. */
export function tallyAlerts(stays: readonly SimulatedStay[], patientDays: number): RuleBurden {
  const perStay = stays.map((stay) => ({ ...stay, ...tallyStay(stay.transitions) }));
  const sum = (of: (stay: (typeof perStay)[number]) => number): number =>
    perStay.reduce((total, stay) => total + of(stay), 0);
  const alerts = sum((stay) => stay.fired);
  const notifications = sum((stay) => stay.notifications);
  const deaths = sum(({ died }) => Number(died));
  const caught = perStay.filter(({ died, fired }) => died && fired > 0);
  return {
    ...{ alerts, notifications },
    alertsPerPatientDay: alerts / patientDays,
    notificationsPerPatientDay: notifications / patientDays,
    positivePredictiveValue: sum(({ died, fired }) => (died ? fired : 0)) / alerts,
    deathsCaught: caught.length / deaths,
    survivorsAlarmed: sum(({ died, fired }) => Number(!died && fired > 0)) / (stays.length - deaths),
    leadHours: quartiles(caught.map(({ endedAtMs, firstFiredAtMs }) => (endedAtMs - firstFiredAtMs) / HOUR_MS)),
    acknowledgedHoursPerPatientDay: sum((stay) => stay.acknowledgedMs) / HOUR_MS / patientDays,
    standingHoursPerPatientDay: sum((stay) => stay.standingMs) / HOUR_MS / patientDays,
  };
}

/** Days in which stays were watched, of milliseconds. */
export function daysOf(watchedMs: number): number {
  return watchedMs / DAY_MS;
}

interface StayTally {
  fired: number;
  notifications: number;
  firstFiredAtMs: number;
  acknowledgedMs: number;
  standingMs: number;
}

/** Each state lasts from its transition to the alert's next one; every alert ends with its stay. */
function tallyStay(transitions: readonly AlertRecord[]): StayTally {
  const tally: StayTally = {
    ...{ fired: 0, notifications: 0, firstFiredAtMs: Infinity },
    ...{ acknowledgedMs: 0, standingMs: 0 },
  };
  const before = new Map<string, AlertRecord>();
  for (const alert of transitions) {
    const last = before.get(alert.alertId);
    if (last && last.state !== 'pending') {
      const lastedMs = alert.changedAtMs - last.changedAtMs;
      tally.standingMs += lastedMs;
      if (last.state === 'acknowledged') tally.acknowledgedMs += lastedMs;
    }
    if (alert.state === 'firing') {
      tally.notifications++;
      if (last?.firedAtMs === undefined) tally.fired++;
      tally.firstFiredAtMs = Math.min(tally.firstFiredAtMs, alert.firedAtMs!);
    }
    before.set(alert.alertId, alert);
  }
  return tally;
}

function quartiles(values: readonly number[]): RuleBurden['leadHours'] {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
  };
}

/** Linear between neighbours (type 7 of Hyndman and Fan, 1996), as in `evaluation`; NaN of none. */
function quantile(sorted: readonly number[], level: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * level;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}
