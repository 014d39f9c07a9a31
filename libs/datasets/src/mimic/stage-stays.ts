import type { StayOutcome, StayStatic } from '#clinical';
import { knownDescriptor, numericDescriptor, YOUNGEST_YEARS } from '../descriptors.js';
import { stageTable } from '../duckdb/stage-table.js';
import type { StagingArea } from '../duckdb/staging-area.js';
import type { Cell } from '../duckdb/stay-rows.js';
import type { ReadReport } from '../read-report.js';
import { ethnicityOf, unitTypeOf } from './admission-text.js';
import type { MimicLayout } from './mimic-layout.js';
import type { MimicFiles } from './open-mimic.js';

/** What the tables of stays, patients and admissions say of a stay. */
export interface MimicStay {
  readonly id: string;
  readonly patientId: string;
  readonly ward: string;
  /** From admission to discharge from the unit, or to death where that is earlier. */
  readonly endedAtMs: number;
  readonly static: StayStatic;
  readonly outcome: StayOutcome | undefined;
}

/** Ages above 89 are hidden in both databases (91, or about 300 years); this stands for them, as in eICU. */
const OLDEST_YEARS = 90;
const HIDDEN_FROM_YEARS = 90;

const SEXES: Readonly<Record<string, StayStatic['sex']>> = { F: 'female', M: 'male' };
const OUTCOMES: Readonly<Record<string, StayOutcome>> = { '0': 'survived', '1': 'died' };

/**
 * Stays by their ordinal, in the order of their numbers.
 *
 * Leaves the table `stays` (id, subject, admitted, ended: milliseconds, ordinal) behind, which holds the left-out ones too, with a negative
 * ordinal.
 */
export async function stageStays(
  area: StagingArea,
  layout: MimicLayout,
  files: MimicFiles,
  report: ReadReport,
): Promise<readonly MimicStay[]> {
  await stageTable(area, files.stays, `CREATE TABLE icu AS SELECT * FROM ${files.stays.sql}`, report);
  await stageTable(area, files.patients, `CREATE TABLE patients AS SELECT * FROM ${files.patients.sql}`, report);
  await stageTable(area, files.admissions, `CREATE TABLE admissions AS SELECT * FROM ${files.admissions.sql}`, report);
  const ethnicity = layout.ethnicityColumns.find((column) => files.admissions.columns.has(column));
  const ms = (cell: string): string => `epoch_ms(TRY_CAST(${cell} AS TIMESTAMP))::DOUBLE`;
  const rows = await area.rows(
    `SELECT i.${layout.stayKey}, i.subject_id, i.first_careunit, ${ms('i.intime')}, ${ms('i.outtime')}, ${ms('a.deathtime')},
       p.gender, (${layout.ageSql})::DOUBLE, ${ethnicity === undefined ? 'NULL' : `a.${ethnicity}`}, a.hospital_expire_flag
     FROM icu i LEFT JOIN admissions a ON a.hadm_id = i.hadm_id LEFT JOIN patients p ON p.subject_id = i.subject_id
     ORDER BY TRY_CAST(i.${layout.stayKey} AS BIGINT), i.${layout.stayKey}`,
  );
  const stays: MimicStay[] = [];
  const staged: Cell[][] = [];
  for (const row of rows) {
    const [id, subject, , admittedMs] = row;
    const stay = stayOf(row, layout.id, report);
    const endedMs = stay === undefined ? (row[4] ?? null) : (admittedMs as number) + stay.endedAtMs;
    staged.push([id ?? null, subject ?? null, admittedMs ?? null, endedMs, stay === undefined ? -1 : stays.length]);
    if (stay !== undefined) stays.push(stay);
  }
  await area.run('CREATE TABLE stays (id VARCHAR, subject VARCHAR, admitted DOUBLE, ended DOUBLE, ordinal INTEGER)');
  await area.append('stays', staged);
  return stays;
}

function stayOf(row: readonly Cell[], dataset: MimicLayout['id'], report: ReadReport): MimicStay | undefined {
  const [id, subject, careUnit, admittedMs, leftMs, diedMs, gender, years, ethnicity, died] = row;
  if (!isText(id) || !isText(subject) || !isNumber(admittedMs) || !isNumber(leftMs) || leftMs < admittedMs) {
    report.skipStay('malformed-stay');
    return undefined;
  }
  const age = isNumber(years) && years >= HIDDEN_FROM_YEARS ? OLDEST_YEARS : years;
  if (isNumber(age) && age < YOUNGEST_YEARS) {
    report.skipStay('under-16');
    return undefined;
  }
  const endedMs = isNumber(diedMs) && diedMs >= admittedMs ? Math.min(leftMs, diedMs) : leftMs;
  return {
    id,
    patientId: `${dataset}/${subject}`,
    ward: isText(careUnit) ? careUnit : 'unknown',
    endedAtMs: endedMs - admittedMs,
    static: {
      ...numericDescriptor('ageYears', isNumber(age) ? String(age) : undefined, report),
      ...knownDescriptor('sex', SEXES[String(gender)], report),
      ...knownDescriptor('ethnicity', ethnicityOf(ethnicity as string | null), report),
      ...knownDescriptor('unitType', unitTypeOf(careUnit as string | null), report),
    },
    outcome: OUTCOMES[String(died)],
  };
}

function isText(cell: Cell | undefined): cell is string {
  return typeof cell === 'string' && cell !== '';
}

function isNumber(cell: Cell | undefined): cell is number {
  return typeof cell === 'number' && Number.isFinite(cell);
}
