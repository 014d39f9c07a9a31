import { isSignalId, OBSERVATION_SOURCES, type Observation, type ObservationSource, type StayStatic } from '#clinical';
import { join } from 'node:path';
import { DatasetError } from '../dataset-error.js';
import { quoted } from '../duckdb/quoted.js';
import { StagingArea } from '../duckdb/staging-area.js';
import type { Cell, StayRows } from '../duckdb/stay-rows.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { trainingSetMonths, verifyMonth, type TrainingSetMonth } from './training-set-months.js';

/**
 * Stays of a training set, month by month and by their ids within a month; one stay's observations are in memory at a time.
 *
 * They keep their dates, unlike those of the other data sets: which stays ended later is what a split by time goes by. Parts are months.
 */
export async function* readLocal(context: ReadContext): AsyncGenerator<RecordedStay> {
  const months = chosenMonths(await trainingSetMonths(context.path), context);
  if (months.length === 0) return;
  await using area = await StagingArea.open(context.memoryMb);
  for (const month of months) yield* readMonth(area, month, context);
}

function chosenMonths(months: readonly TrainingSetMonth[], { path, parts }: ReadContext): readonly TrainingSetMonth[] {
  if (parts === undefined) return months;
  const missing = parts.find((part) => !months.some(({ month }) => month === part));
  if (missing !== undefined) {
    const known = months.map(({ month }) => month).join(', ') || 'none';
    throw new DatasetError(`The training set in ${path} has no month "${missing}". It has ${known}.`);
  }
  return months.filter(({ month }) => parts.includes(month));
}

const STAY_COLUMNS =
  'number, stay_id, site, ward, bed, age_years, sex, ethnicity, height_cm, weight_kg, unit_type, ' +
  'admitted_at_ms::DOUBLE, ended_at_ms::DOUBLE, outcome, outcome_known_at_ms::DOUBLE';

async function* readMonth(
  area: StagingArea,
  month: TrainingSetMonth,
  { report }: ReadContext,
): AsyncGenerator<RecordedStay> {
  await verifyMonth(month);
  const table = (name: string) => `read_parquet(${quoted(join(month.folder, `${name}.parquet`))})`;
  const stays = await area.rows(`SELECT ${STAY_COLUMNS} FROM ${table('stays')} ORDER BY number`);
  const rows = await area.byStay(
    'SELECT number, signal, value::DOUBLE, effective_at_ms::DOUBLE, available_at_ms::DOUBLE, source ' +
      `FROM ${table('observations')} ORDER BY number, position`,
  );
  for (const cells of stays) {
    const observations = await observationsOf(rows, cells[0] as number);
    report.takeStay(observations.length, cells[13] !== null);
    yield { ...stayOf(cells), observations };
  }
}

async function observationsOf(rows: StayRows, number: number): Promise<Observation[]> {
  return (await rows.take(number)).map(([, signal, value, effectiveAtMs, availableAtMs, source]) => {
    if (!isSignalId(String(signal)) || !(OBSERVATION_SOURCES as readonly unknown[]).includes(source)) {
      throw new DatasetError(
        `the training set holds the signal "${String(signal)}" from "${String(source)}", which this build does not know: read it with a newer build.`,
      );
    }
    return {
      signal: signal as Observation['signal'],
      value: value as number,
      effectiveAtMs: effectiveAtMs as number,
      availableAtMs: availableAtMs as number,
      source: source as ObservationSource,
    };
  });
}

function stayOf(cells: readonly Cell[]): Omit<RecordedStay, 'observations'> {
  const [, stayId, site, ward, bed, ...rest] = cells as [number, string, string, string, string, ...Cell[]];
  const [admittedAtMs, endedAtMs, outcome, outcomeKnownAtMs] = rest.slice(6) as [number, number, Cell, Cell];
  return {
    stay: { stayId, site, ward, bed, admittedAtMs, static: staticOf(rest) },
    datasetId: 'local',
    patientId: `local/${stayId}`,
    endedAtMs,
    ...(outcome === null ? {} : { outcome: outcome as NonNullable<RecordedStay['outcome']> }),
    ...(outcomeKnownAtMs === null ? {} : { outcomeKnownAtMs: outcomeKnownAtMs as number }),
  };
}

function staticOf([ageYears, sex, ethnicity, heightCm, weightKg, unitType]: readonly Cell[]): StayStatic {
  const descriptors = { ageYears, sex, ethnicity, heightCm, weightKg, unitType };
  return Object.fromEntries(Object.entries(descriptors).filter(([, cell]) => cell !== null)) as StayStatic;
}
