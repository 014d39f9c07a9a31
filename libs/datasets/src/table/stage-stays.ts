import { HOUR_MS, type StayStatic } from '#clinical';
import { DatasetError } from '../dataset-error.js';
import { knownDescriptor, numericDescriptor, YOUNGEST_YEARS } from '../descriptors.js';
import { stageTable } from '../duckdb/stage-table.js';
import type { StagingArea } from '../duckdb/staging-area.js';
import type { TableFile } from '../duckdb/table-file.js';
import type { ReadReport } from '../read-report.js';
import type { RecordedStay } from '../recorded-stay.js';
import { timeColumn } from './open-tables.js';
import { STAY_COLUMNS, type ColumnKind } from './table-columns.js';

/** A stay of the table without its observations. */
export type TableStay = Omit<RecordedStay, 'observations' | 'endedAtMs'> & { readonly endedAtMs: number };

type Cells = ReadonlyMap<string, string>;

/**
 * Stays by their ordinal, in the order of their ids as text.
 *
 * Leaves the table `stays` (id, admitted: milliseconds or null, ordinal) behind, which holds the left-out ones too, with a negative ordinal.
 * @throws DatasetError for a cell that is not what its column holds, and for a stay that stands there twice
 */
export async function stageStays(
  area: StagingArea,
  file: TableFile,
  report: ReadReport,
): Promise<readonly TableStay[]> {
  await stageTable(area, file, `CREATE TABLE given AS SELECT * FROM ${file.sql}`, report);
  const names = Object.keys(STAY_COLUMNS).filter((name) => file.columns.has(name));
  const admitted = file.columns.has('admitted_at') ? momentMs('admitted_at') : 'NULL::DOUBLE';
  const ended = file.columns.has('ended_at') ? momentMs('ended_at') : 'NULL::DOUBLE';
  const rows = await area.rows(`SELECT ${admitted}, ${ended}, ${names.join(', ')} FROM given ORDER BY trim(stay_id)`);
  const stays: TableStay[] = [];
  const staged: [string, number | null, number][] = [];
  const endColumn = timeColumn(file, 'ended')!;
  for (const [admittedMs, endedMs, ...texts] of rows) {
    const cells = new Map(names.map((name, index) => [name, String(texts[index] ?? '').trim()]));
    checkCells(cells, file, { admitted_at: admittedMs, ended_at: endedMs });
    const id = cells.get('stay_id')!;
    if (staged.at(-1)?.[0] === id)
      throw new DatasetError(`${file.path}: stay_id ${id} stands there more than once; expected one row a stay.`);
    const endedAtMs =
      endColumn === 'ended_at'
        ? Number(endedMs ?? Number.NaN) - Number(admittedMs ?? Number.NaN)
        : Number(cells.get('ended_hours')) * HOUR_MS;
    const stay = stayOf(cells, endedAtMs, report);
    staged.push([id, admittedMs as number | null, stay === undefined ? -1 : stays.length]);
    if (stay !== undefined) stays.push(stay);
  }
  await area.run('CREATE TABLE stays (id VARCHAR, admitted DOUBLE, ordinal INTEGER)');
  await area.append('stays', staged);
  return stays;
}

/** SQL of a moment in epoch milliseconds; one without a zone is taken as UTC. */
export function momentMs(cell: string): string {
  return `epoch_ms(TRY_CAST(${cell} AS TIMESTAMPTZ))::DOUBLE`;
}

function checkCells(cells: Cells, { path }: TableFile, moments: Readonly<Record<string, unknown>>): void {
  for (const [name, text] of cells) {
    const { kind, ...column } = STAY_COLUMNS[name as keyof typeof STAY_COLUMNS] as {
      kind: ColumnKind;
      required?: true;
    };
    if (text === '' && column.required === undefined) continue;
    if (fits(text, kind, moments[name])) continue;
    throw new DatasetError(
      `${path}: column ${name} holds "${text}" (stay ${cells.get('stay_id') || '?'}); expected ${expectation(kind)}.`,
    );
  }
}

function fits(text: string, kind: ColumnKind, moment: unknown): boolean {
  if (kind === 'text') return text !== '';
  if (kind === 'number') return Number.isFinite(Number(text));
  if (kind === 'time') return typeof moment === 'number';
  return kind.includes(text);
}

function expectation(kind: ColumnKind): string {
  if (kind === 'text') return 'a text that is not empty';
  if (kind === 'number') return 'a number or nothing';
  if (kind === 'time') return 'a moment such as 2026-03-01 08:00:00 or nothing';
  return `one of ${kind.join(', ')} or nothing`;
}

function stayOf(cells: Cells, endedAtMs: number, report: ReadReport): TableStay | undefined {
  const text = (name: string): string | undefined => cells.get(name) || undefined;
  if (!(endedAtMs > 0)) {
    report.skipStay('malformed-stay');
    return undefined;
  }
  if (Number(text('age_years') ?? YOUNGEST_YEARS) < YOUNGEST_YEARS) {
    report.skipStay('under-16');
    return undefined;
  }
  const stayId = text('stay_id')!;
  const outcome = text('outcome') as TableStay['outcome'];
  return {
    stay: {
      stayId,
      site: text('site') ?? 'table',
      ward: text('ward') ?? 'table',
      bed: text('bed') ?? stayId,
      admittedAtMs: 0,
      static: staticOf(text, report),
    },
    datasetId: 'table',
    patientId: `table/${text('patient_id')!}`,
    endedAtMs,
    ...(outcome === undefined ? {} : { outcome }),
    ...extrasOf(text),
  };
}

function staticOf(text: (name: string) => string | undefined, report: ReadReport): StayStatic {
  return {
    ...numericDescriptor('ageYears', text('age_years'), report),
    ...numericDescriptor('heightCm', text('height_cm'), report),
    ...numericDescriptor('weightKg', text('weight_kg'), report),
    ...knownDescriptor('sex', text('sex') as StayStatic['sex'], report),
    ...knownDescriptor('ethnicity', text('ethnicity') as StayStatic['ethnicity'], report),
    ...knownDescriptor('unitType', text('unit_type') as StayStatic['unitType'], report),
  };
}

function extrasOf(
  text: (name: string) => string | undefined,
): Pick<RecordedStay, 'severityScores' | 'survivalDays' | 'lengthOfStayDays'> {
  const number = <Name extends string>(name: Name, column: string): Partial<Record<Name, number>> => {
    const cell = text(column);
    return cell === undefined || Number(cell) < 0 ? {} : ({ [name]: Number(cell) } as Record<Name, number>);
  };
  const severityScores = {
    ...number('saps-i', 'saps_i'),
    ...number('sofa', 'sofa'),
    ...number('apache-iva', 'apache_iva'),
  };
  return {
    ...(Object.keys(severityScores).length === 0 ? {} : { severityScores }),
    ...number('survivalDays', 'survival_days'),
    ...number('lengthOfStayDays', 'length_of_stay_days'),
  };
}
