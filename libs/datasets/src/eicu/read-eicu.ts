import { DatasetError } from '../dataset-error.js';
import { downloadFrom } from '../dataset-source.js';
import { stageTable } from '../duckdb/stage-table.js';
import { StagingArea } from '../duckdb/staging-area.js';
import { openCsv, tableFileName, type TableFile } from '../duckdb/table-file.js';
import { foreignFolder, listFolder, type FolderExpectation } from '../list-folder.js';
import { hasSeries, ObservationCollector } from '../observation-collector.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { addCuff, addLabs, addPeriodic } from './assemble-stay.js';
import { PATIENT_COLUMNS, patientOf, type EicuPatient, type PatientRow } from './patients.js';
import { stageLabs, stageVitals, type StagedTable } from './stage-eicu.js';
import { APERIODIC_COLUMNS, PERIODIC_COLUMNS } from './vital-columns.js';

type EicuId = 'eicu' | 'eicu-demo';

const KEY = 'patientunitstayid';
const VITAL_KEYS = [KEY, 'observationoffset'];
const LAB_COLUMNS = [KEY, 'labresultoffset', 'labname', 'labresult', 'labmeasurenamesystem', 'labresultrevisedoffset'];
const SCORE_COLUMNS = [KEY, 'apacheversion', 'predictedhospitalmortality'];

/** Columns that are read of each table. */
const TABLES = {
  patient: PATIENT_COLUMNS,
  vitalPeriodic: [...VITAL_KEYS, ...PERIODIC_COLUMNS.map(({ column }) => column)],
  vitalAperiodic: [...VITAL_KEYS, ...APERIODIC_COLUMNS.map(({ column }) => column)],
  lab: LAB_COLUMNS,
} as const;

type EicuFiles = Readonly<Record<keyof typeof TABLES, TableFile>> & { readonly scores?: TableFile };

/** Stays of eICU-CRD 2.0 in the order of their numbers; tables are sorted on disk, one stay is in memory at a time. */
export function readEicu(context: ReadContext): AsyncGenerator<RecordedStay> {
  return stays(context, 'eicu');
}

/** The same of the eICU demo 2.0.1. */
export function readEicuDemo(context: ReadContext): AsyncGenerator<RecordedStay> {
  return stays(context, 'eicu-demo');
}

async function* stays(context: ReadContext, id: EicuId): AsyncGenerator<RecordedStay> {
  const files = await openFiles(context, id);
  await using area = await StagingArea.open(context.memoryMb);
  const patients = await stagePatients(area, files.patient, context);
  const scores = await readScores(area, files.scores, context);
  const periodic = await stageVitals(area, files.vitalPeriodic, 'vitalPeriodic', PERIODIC_COLUMNS, context.report);
  const aperiodic = await stageVitals(area, files.vitalAperiodic, 'vitalAperiodic', APERIODIC_COLUMNS, context.report);
  const labs = await stageLabs(area, files.lab, context.report);
  for (const [ordinal, patient] of patients.entries()) {
    const recorded = await stayOf(ordinal, patient, { periodic, aperiodic, labs }, context, id);
    if (recorded === undefined) continue;
    const score = scores.get(patient.id);
    yield score === undefined ? recorded : { ...recorded, severityScores: { 'apache-iva': score } };
  }
}

async function openFiles({ path: folder, parts }: ReadContext, id: EicuId): Promise<EicuFiles> {
  const expected: FolderExpectation = {
    dataset: id,
    lookedFor:
      Object.keys(TABLES)
        .map((table) => `${table}.csv`)
        .join(', ') + ' (each plain or as .csv.gz)',
    downloadFrom: downloadFrom(id),
  };
  const names = await listFolder(folder, expected);
  if (parts !== undefined) throw new DatasetError(`${id} has no parts: leave the part out.`);
  const take = id === 'eicu' ? 'the file of eICU-CRD 2.0' : 'the file of eICU-CRD demo 2.0.1';
  const opened: Record<string, TableFile> = {};
  for (const [table, columns] of Object.entries(TABLES)) {
    const name = tableFileName(names, table);
    if (name === undefined) throw foreignFolder(folder, names, expected);
    opened[table] = await openCsv(folder, name, columns, take);
  }
  const scores = tableFileName(names, 'apachePatientResult');
  if (scores !== undefined) opened['scores'] = await openCsv(folder, scores, SCORE_COLUMNS, take);
  return opened as unknown as EicuFiles;
}

/** Patients by their ordinal; the table `stays` (id, ordinal) holds the others too, with a negative one. */
async function stagePatients(
  area: StagingArea,
  file: TableFile,
  { report }: ReadContext,
): Promise<readonly EicuPatient[]> {
  const cells = PATIENT_COLUMNS.map((column) => `coalesce(${column}, '') AS ${column}`).join(', ');
  await stageTable(area, file, `CREATE TABLE patient AS SELECT ${cells} FROM ${file.sql}`, report);
  const rows = await area.rows(`SELECT * FROM patient ORDER BY TRY_CAST(${KEY} AS BIGINT), ${KEY}, uniquepid`);
  const patients: EicuPatient[] = [];
  const ordinals: [string, number][] = [];
  for (const row of rows) {
    const named = Object.fromEntries(PATIENT_COLUMNS.map((column, index) => [column, row[index]])) as PatientRow;
    const patient = patientOf(named, report);
    ordinals.push([named[KEY], patient === undefined ? -1 : patients.length]);
    if (patient !== undefined) patients.push(patient);
  }
  await area.run('CREATE TABLE stays (id VARCHAR, ordinal INTEGER)');
  await area.append('stays', ordinals);
  return patients;
}

/** Predicted hospital mortality of APACHE IVa by stay; -1 is unknown. Empty without the table. */
async function readScores(
  area: StagingArea,
  file: TableFile | undefined,
  { report }: ReadContext,
): Promise<ReadonlyMap<string, number>> {
  if (file === undefined) {
    report.notes.push('there is no apachePatientResult: no APACHE IVa');
    return new Map();
  }
  await stageTable(
    area,
    file,
    `CREATE TABLE scores AS SELECT ${KEY} AS id, TRY_CAST(predictedhospitalmortality AS DOUBLE) AS predicted
     FROM ${file.sql} WHERE apacheversion = 'IVa'`,
    report,
  );
  const rows = await area.rows('SELECT id, min(predicted) FROM scores WHERE predicted BETWEEN 0 AND 1 GROUP BY id');
  return new Map(rows as readonly (readonly [string, number])[]);
}

interface EicuTables {
  readonly periodic: StagedTable;
  readonly aperiodic: StagedTable;
  readonly labs: StagedTable;
}

async function stayOf(
  ordinal: number,
  patient: EicuPatient,
  { periodic, aperiodic, labs }: EicuTables,
  { report, delay }: ReadContext,
  id: EicuId,
): Promise<RecordedStay | undefined> {
  const stayId = `eicu-${patient.id}`;
  const collector = new ObservationCollector(stayId, patient.endedAtMs, delay, report);
  const { weightKg } = patient.static;
  if (weightKg !== undefined) collector.add({ signal: 'weight', value: weightKg, effectiveAtMs: 0, source: 'manual' });
  addPeriodic(await periodic.rows.take(ordinal), periodic, PERIODIC_COLUMNS, collector, report);
  addCuff(await aperiodic.rows.take(ordinal), APERIODIC_COLUMNS, collector, report);
  addLabs(await labs.rows.take(ordinal), labs, collector);
  const observations = collector.finish();
  if (!hasSeries(observations)) {
    report.skipStay('no-series');
    return undefined;
  }
  report.takeStay(observations.length, patient.outcome !== undefined);
  return {
    stay: { stayId, site: id, ward: patient.ward, bed: patient.id, admittedAtMs: 0, static: patient.static },
    datasetId: id,
    patientId: patient.patientId,
    observations,
    endedAtMs: patient.endedAtMs,
    ...(patient.outcome === undefined ? {} : { outcome: patient.outcome }),
  };
}
