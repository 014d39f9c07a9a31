import { HOUR_MS, MINUTE_MS } from '#clinical';
import { DatasetError } from '../dataset-error.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import { hasSeries, ObservationCollector } from '../observation-collector.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { readPatients, type EicuPatient } from './patients.js';
import { readLabs, readVitals, type LabSeries } from './read-tables.js';
import type { StayValues } from './stay-values.js';
import { tableFile } from './table.js';
import { APERIODIC_COLUMNS, PERIODIC_COLUMNS, temperatureUnit } from './vital-columns.js';

const TABLES = ['patient', 'vitalPeriodic', 'vitalAperiodic', 'lab'] as const;

const EXPECTED: FolderExpectation = {
  dataset: 'eicu-demo',
  lookedFor: TABLES.map((table) => `${table}.csv`).join(', ') + ' (each plain or as .csv.gz)',
  downloadFrom: 'https://physionet.org/content/eicu-crd-demo/2.0.1/ (ODbL 1.0)',
};

interface EicuTables {
  readonly periodic: StayValues;
  readonly aperiodic: StayValues;
  readonly labs: StayValues;
  readonly labSeries: readonly LabSeries[];
}

/** Stays of the eICU demo 2.0.1 in the order of its patient table. The tables' values are in memory while it runs. */
export async function* readEicuDemo(context: ReadContext): AsyncGenerator<RecordedStay> {
  const { path: folder, report, parts } = context;
  const names = await listFolder(folder, EXPECTED);
  if (TABLES.some((table) => tableFile(names, table) === undefined)) throw foreignFolder(folder, names, EXPECTED);
  if (parts !== undefined) throw new DatasetError('eicu-demo has no parts: leave the part out.');
  const patients = await readPatients(folder, names, report);
  const tableContext = { folder, names, stayIds: patients.keys(), report };
  const periodic = await readVitals('vitalPeriodic', PERIODIC_COLUMNS, tableContext);
  const aperiodic = await readVitals('vitalAperiodic', APERIODIC_COLUMNS, {
    ...tableContext,
    stayIds: patients.keys(),
  });
  const labs = await readLabs({ ...tableContext, stayIds: patients.keys() });
  const tables = { periodic, aperiodic, labs: labs.values, labSeries: labs.series };
  for (const patient of patients.values()) {
    if (patient === undefined) continue;
    const recorded = stayOf(patient, tables, context);
    if (recorded !== undefined) yield recorded;
  }
}

function stayOf(patient: EicuPatient, tables: EicuTables, context: ReadContext): RecordedStay | undefined {
  const { report } = context;
  const stayId = `eicu-${patient.id}`;
  const collector = new ObservationCollector(stayId, patient.endedAtMs, context.delay, report);
  const { weightKg } = patient.static;
  if (weightKg !== undefined) collector.add({ signal: 'weight', value: weightKg, effectiveAtMs: 0, source: 'manual' });
  addPeriodic(patient.id, tables.periodic, collector);
  addCuff(patient.id, tables.aperiodic, collector);
  addLabs(patient.id, tables, collector);
  const observations = collector.finish();
  if (!hasSeries(observations)) {
    report.skipStay('no-series');
    return undefined;
  }
  report.takeStay(observations.length, patient.outcome !== undefined);
  return {
    stay: { stayId, site: 'eicu-demo', ward: patient.ward, bed: patient.id, admittedAtMs: 0, static: patient.static },
    datasetId: 'eicu-demo',
    patientId: patient.patientId,
    observations,
    endedAtMs: patient.endedAtMs,
    ...(patient.outcome === undefined ? {} : { outcome: patient.outcome }),
  };
}

/** A row of a table summed up by the hour speaks of the hour that follows its offset, and can be known only at that hour's end. */
function knownAt(offsetMinutes: number, table: StayValues): number {
  return offsetMinutes * MINUTE_MS + (table.isHourly() ? HOUR_MS : 0);
}

function addPeriodic(id: string, table: StayValues, collector: ObservationCollector): void {
  for (const { series, value, offsetMinutes } of table.take(id)) {
    const { signal, source } = PERIODIC_COLUMNS[series]!;
    collector.add({
      signal,
      value,
      // Where rows were summed up by the hour, most "arterial" pressures are medians of the cuff's.
      source: table.isHourly() ? 'monitor' : source,
      effectiveAtMs: offsetMinutes * MINUTE_MS,
      knownAtMs: knownAt(offsetMinutes, table),
      ...(signal === 'temperature' ? { unit: temperatureUnit(value) } : {}),
    });
  }
}

function addCuff(id: string, table: StayValues, collector: ObservationCollector): void {
  for (const { series, value, offsetMinutes } of table.take(id)) {
    const { signal, source } = APERIODIC_COLUMNS[series]!;
    collector.add({ signal, value, source, effectiveAtMs: offsetMinutes * MINUTE_MS });
  }
}

function addLabs(id: string, { labs, labSeries }: EicuTables, collector: ObservationCollector): void {
  for (const { series, value, offsetMinutes, revisedMinutes } of labs.take(id)) {
    const { signal, source, rowUnit, delayOf } = labSeries[series]!;
    const isFraction = signal === 'fio2' && value <= 1;
    collector.add({
      signal,
      value,
      unit: isFraction ? '1' : rowUnit,
      source,
      effectiveAtMs: offsetMinutes * MINUTE_MS,
      knownAtMs: knownAt(offsetMinutes, labs),
      // A revision after the draw is the moment at which this very value could be seen; one at the draw says nothing.
      ...(revisedMinutes > offsetMinutes ? { availableAtMs: revisedMinutes * MINUTE_MS } : {}),
      ...(delayOf === undefined ? {} : { delayOf }),
    });
  }
}
