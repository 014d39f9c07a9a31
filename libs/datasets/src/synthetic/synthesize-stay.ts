import { HOUR_MS, MINUTE_MS, type SignalId } from '#clinical';
import { keyedNormal } from '../keyed-normal.js';
import { ObservationCollector } from '../observation-collector.js';
import type { ReadReport } from '../read-report.js';
import type { RecordedStay } from '../recorded-stay.js';
import type { ResultDelay } from '../result-delay.js';
import type { Scenario } from './scenarios.js';
import { SIGNAL_COURSES, type SignalCourse } from './signal-courses.js';

/** How a synthetic stay is made. */
export interface SynthesisOptions {
  readonly stayId: string;
  readonly seed: number;
  /** Minutes between two values of a vital sign. */
  readonly vitalEveryMinutes: number;
  readonly delay: ResultDelay;
  readonly report: ReadReport;
}

const DAY_HOURS = 24;
const DAILY_PEAK_HOUR = 17;
/** Periods of the slow wandering, hours: no common multiple within a stay. */
const WANDER_PERIODS = [3.7, 7.9, 17.3] as const;

/** Makes up a stay. Every number is a function of (seed, stay, signal, time), so equal options give equal stays. */
export function synthesizeStay(scenario: Scenario, options: SynthesisOptions): RecordedStay {
  const { stayId } = options;
  const endedAtMs = scenario.hours * HOUR_MS;
  const collector = new ObservationCollector(stayId, endedAtMs, options.delay, options.report);
  const { weightKg } = scenario.static;
  if (weightKg !== undefined) collector.add({ signal: 'weight', value: weightKg, effectiveAtMs: 0, source: 'manual' });
  for (const course of SIGNAL_COURSES) addCourse(course, scenario, options, collector);
  addVentilation(scenario, collector);
  return {
    stay: {
      stayId,
      site: 'synthetic',
      ward: 'synthetic',
      bed: scenario.name,
      admittedAtMs: 0,
      static: scenario.static,
    },
    datasetId: 'synthetic',
    patientId: `synthetic/${stayId}`,
    observations: collector.finish(),
    endedAtMs,
    outcome: scenario.outcome,
  };
}

function addCourse(
  course: SignalCourse,
  scenario: Scenario,
  options: SynthesisOptions,
  collector: ObservationCollector,
): void {
  const everyMinutes = course.everyMinutes ?? options.vitalEveryMinutes;
  for (let minute = firstMinute(everyMinutes); minute < scenario.hours * 60; minute += everyMinutes) {
    const hour = minute / 60;
    const fromFeed = course.source === 'monitor' || course.source === 'device';
    if (fromFeed && within(scenario.silentHours, hour)) continue;
    if (course.ventilatedOnly === true && !within(scenario.ventilatedHours, hour)) continue;
    const effectiveAtMs = minute * MINUTE_MS;
    const value = valueAt(course, hour, scenario, options);
    collector.add({ signal: course.signal, value, source: course.source, effectiveAtMs });
    if (course.signal === 'haemoglobin') {
      collector.add({ signal: 'haematocrit', value: roundTo(3 * value, 1), source: 'laboratory', effectiveAtMs });
    }
    if (course.signal === 'systolic-pressure') addMeanPressure(value, minute, scenario, options, collector);
  }
}

/** Mean pressure by the usual rule: a third of the way from diastolic to systolic. */
function addMeanPressure(
  systolic: number,
  minute: number,
  scenario: Scenario,
  options: SynthesisOptions,
  collector: ObservationCollector,
): void {
  const diastolicCourse = SIGNAL_COURSES.find(({ signal }) => signal === 'diastolic-pressure')!;
  const diastolic = valueAt(diastolicCourse, minute / 60, scenario, options);
  const value = roundTo((systolic + 2 * diastolic) / 3, 0);
  collector.add({ signal: 'mean-arterial-pressure', value, source: 'monitor', effectiveAtMs: minute * MINUTE_MS });
}

function addVentilation({ ventilatedHours, hours }: Scenario, collector: ObservationCollector): void {
  if (ventilatedHours === undefined) return;
  for (let hour = 0; hour < hours; hour += 1) {
    const value = within(ventilatedHours, hour) ? 1 : 0;
    collector.add({ signal: 'mechanical-ventilation', value, source: 'device', effectiveAtMs: hour * HOUR_MS });
  }
}

function valueAt(course: SignalCourse, hour: number, scenario: Scenario, { seed, stayId }: SynthesisOptions): number {
  const key = `${seed}|${stayId}|${course.signal}`;
  const wandering = WANDER_PERIODS.map((period) =>
    Math.sin(2 * Math.PI * (hour / period + keyedNormal(`${key}|phase ${period}`))),
  );
  const slow = wandering.reduce((sum, wave) => sum + wave, 0) * Math.sqrt(2 / WANDER_PERIODS.length);
  const daily = Math.cos((2 * Math.PI * (hour - DAILY_PEAK_HOUR)) / DAY_HOURS);
  const ill = course.ill * effectOf(course.signal, scenario) * scenario.severityAt(hour);
  const value =
    course.well + ill + course.daily * daily + course.wander * slow + course.noise * keyedNormal(`${key}|${hour}`);
  const [low, high] = course.range;
  return roundTo(Math.min(high, Math.max(low, value)), course.decimals);
}

function effectOf(signal: SignalId, { effects }: Scenario): number {
  return effects?.[signal] ?? 1;
}

/** Rare measurements start within the first half hour, frequent ones at once. */
function firstMinute(everyMinutes: number): number {
  return everyMinutes >= 240 ? 25 : 0;
}

function within(hours: readonly [from: number, until: number] | undefined, hour: number): boolean {
  return hours !== undefined && hour >= hours[0] && hour < hours[1];
}

function roundTo(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
