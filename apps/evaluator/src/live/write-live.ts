import { areaUnderRoc, HOURS_SINCE_ADMISSION_EDGES, numberBins } from '#evaluation';
import type { ReleaseManifest } from '#model';
import { type Entry, lineChart, type Series } from '#reporting';
import { digestOfJson } from '../cells/cell-store.js';
import { isChosen } from '../data/choose-windows.js';
import type { EvaluationData } from '../data/collect-data.js';
import { bundleNotes } from '../data/seen-notes.js';
import { measureCell } from '../mortality/measure-cells.js';
import { MORTALITY_COLUMNS, MORTALITY_LEGEND, mortalityEntries } from '../mortality/mortality-columns.js';
import type { ScoredWindows } from '../mortality/scored-windows.js';
import { grouped } from '../mortality/subgroups.js';
import type { Session } from '../session.js';
import { subsampleNotes } from '../tables/subsample-notes.js';
import { alarmsCatching, REFRACTORY_HOURS, rollingOf, type AlarmsCatching } from './rolling-alarms.js';

const SHARES = [0.8, 0.9];
/** Of a single window a stay. */
const USUAL_HOURS = 3;
const HOUR_BINS = numberBins(HOURS_SINCE_ADMISSION_EDGES, 'h');

/** Writes the tables and pictures of rolling scores. @param fitted methods that were fitted here */
export async function writeLive(
  session: Session,
  data: EvaluationData,
  scored: readonly ScoredWindows[],
  bundle: ReleaseManifest | undefined,
  fitted: readonly string[],
): Promise<void> {
  const notes = notesOf(session, data, bundle, fitted);
  await writeHoursTable(session, data, scored, notes);
  await writeAlarmTable(session, data, scored, notes);
  const series = scored.map((one) => ({ name: one.method, points: areaByHour(data, one) }));
  await session.writePicture(
    `live-auroc-${data.id}`,
    await lineChart({
      title: `AUROC by hours since admission, ${data.id}`,
      x: { title: 'hours since admission' },
      y: { title: 'AUROC', domain: [0.5, 1] },
      marked: true,
      series: series.filter(({ points }) => points.length > 0),
    }),
  );
}

async function writeHoursTable(
  session: Session,
  data: EvaluationData,
  scored: readonly ScoredWindows[],
  notes: readonly string[],
): Promise<void> {
  const rows: Entry[][] = [];
  for (const one of scored) {
    const hours = one.indices.map((index) => data.store.labels[index]!.hoursSinceAdmission);
    const all = { name: 'all', rows: [...hours.keys()] };
    for (const { name, rows: own } of [...grouped(hours.map(HOUR_BINS.nameOf), HOUR_BINS.names), all])
      rows.push([
        one.method,
        name,
        ...mortalityEntries(await measureCell(session, data, one, `live, ${name}`, own), one.isProbability),
      ]);
  }
  await session.writeTable({
    id: `live-${data.id}`,
    title: `Death in hospital from rolling windows, by hours since admission: ${data.id}`,
    columns: [{ name: 'method' }, { name: 'hours since admission' }, ...MORTALITY_COLUMNS],
    rows,
    notes: [MORTALITY_LEGEND, ...notes],
    provenance: session.provenance(data),
  });
}

async function writeAlarmTable(
  session: Session,
  data: EvaluationData,
  scored: readonly ScoredWindows[],
  notes: readonly string[],
): Promise<void> {
  const rows: Entry[][] = [];
  for (const one of scored)
    for (const share of SHARES) {
      const found = await alarmCell(session, data, one, share);
      if (found !== undefined) rows.push([one.method, ...alarmEntries(found)]);
    }
  await session.writeTable({
    id: `live-alarms-${data.id}`,
    title: `Alarms from rolling windows: ${data.id}`,
    columns: [
      { name: 'method' },
      { name: 'deaths to catch, %', digits: 0 },
      { name: 'threshold' },
      { name: 'deaths caught', interval: true },
      { name: 'alarms a patient-day', interval: true },
      { name: 'PPV of an alarm', interval: true },
      { name: 'survivors alarmed', interval: true },
      { name: 'lead, hours (median)', digits: 0 },
      { name: 'lead, lower quartile', digits: 0 },
      { name: 'lead, upper quartile', digits: 0 },
    ],
    rows,
    notes: [
      `An alarm is a window at or above the threshold, then silence for ${REFRACTORY_HOURS} hours. The threshold is the highest that catches the share of the deaths of these very stays, so its figures flatter a little. Lead: from the first alarm to death, whose day alone is known where the data set says it, else to the end of the recording.`,
      ...notes,
    ],
    provenance: session.provenance(data),
  });
}

async function alarmCell(
  session: Session,
  { id, store }: EvaluationData,
  scored: ScoredWindows,
  share: number,
): Promise<AlarmsCatching | undefined> {
  const { seed, resamples } = session.options;
  const scores = rollingOf(store, scored, everyHours(session.options.hours));
  const { value } = await session.cells.cell(
    {
      kind: 'alarms',
      name: `${scored.method}, ${id}, ${100 * share} % of deaths`,
      decides: {
        scores: digestOfJson(scores),
        share,
        refractoryHours: REFRACTORY_HOURS,
        seed,
        resamples,
      },
    },
    () => Promise.resolve({ value: { found: alarmsCatching(scores, share, { seed, resamples }) } }),
  );
  return value.found;
}

/** Mean time between two windows: a stay is watched for so long after its last one. */
function everyHours(hours: readonly number[]): number {
  return hours.length < 2 ? USUAL_HOURS : (Math.max(...hours) - Math.min(...hours)) / (hours.length - 1);
}

function alarmEntries({ share, threshold, burden, intervals }: AlarmsCatching): Entry[] {
  const { deathsCaught, alarmsPerPatientDay, positivePredictiveValue, survivorsAlarmed } = intervals;
  const { median, lowerQuartile, upperQuartile } = burden.leadHours;
  return [
    100 * share,
    threshold,
    deathsCaught,
    alarmsPerPatientDay,
    positivePredictiveValue,
    survivorsAlarmed,
    median,
    lowerQuartile,
    upperQuartile,
  ];
}

function areaByHour({ store }: EvaluationData, { indices, risks }: ScoredWindows): Series['points'] {
  const hourOf = (row: number): number => store.labels[indices[row]!]!.hoursSinceAdmission;
  const hours = [...new Set([...indices.keys()].map(hourOf))].sort((a, b) => a - b);
  return hours.flatMap((hour) => {
    const rows = [...indices.keys()].filter((row) => hourOf(row) === hour);
    const area = areaUnderRoc(
      rows.map((row) => risks[row]!),
      rows.map((row) => Number(store.labels[indices[row]!]!.died)),
    );
    return Number.isNaN(area) ? [] : [{ x: hour, y: area }];
  });
}

function notesOf(
  { options }: Session,
  data: EvaluationData,
  bundle: ReleaseManifest | undefined,
  fitted: readonly string[],
): string[] {
  const split = fitted.length > 0 ? 'all' : options.split;
  const chosen = data.store.labels.filter((label) => isChosen(label, split, bundle?.training));
  const stays = new Set(chosen.map(({ stayId }) => stayId)).size;
  return [
    `Windows of ${stays} stays end at ${options.hours.join(', ')} hours, as far as a stay was recorded, and hold what was available by then.`,
    ...(fitted.length === 0
      ? []
      : [
          `Fitted here on training stays, at windows that end at random hours, and stopped by validation stays${options.split === 'validation' ? ', which are those that they are measured on: they flatter' : ''}: ${fitted.join(', ')}.`,
        ]),
    ...(bundle === undefined ? [] : bundleNotes(data, bundle, split)),
    ...subsampleNotes(options),
  ];
}
