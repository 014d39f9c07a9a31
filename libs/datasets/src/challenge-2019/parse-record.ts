import { HOUR_MS, type StayStatic } from '#clinical';
import { DatasetError } from '../dataset-error.js';
import { knownDescriptor, numericDescriptor, YOUNGEST_YEARS } from '../descriptors.js';
import { hasSeries, ObservationCollector } from '../observation-collector.js';
import type { ReadReport } from '../read-report.js';
import type { RecordedStay } from '../recorded-stay.js';
import type { ResultDelay } from '../result-delay.js';
import { COLUMNS, DESCRIPTOR_COLUMNS } from './columns.js';

/** What a record's parsing needs besides its text. */
export interface RecordContext {
  /** Such as `p100001`. */
  readonly recordId: string;
  /** Such as `training_setB`. */
  readonly set: string;
  readonly delay: ResultDelay;
  readonly report: ReadReport;
}

type Row = ReadonlyMap<string, string>;

const NOT_MEASURED = 'NaN';
const SERIES_ENDS_HOURS = 24 * 366;

/**
 * A stay of Challenge 2019, or undefined (counted) when it cannot be used.
 *
 * The row with `ICULOS` k sums up the k-th hour since admission to the ICU: its values are true of that hour's beginning and can be known at its end.
 * @throws DatasetError when the columns are not those of the challenge
 */
export function parseRecord(text: string, context: RecordContext): RecordedStay | undefined {
  const { recordId, set, report } = context;
  const rows = rowsOf(text, `${set} ${recordId}`, report);
  const last = rows.at(-1);
  if (last === undefined) {
    report.skipStay('no-series');
    return undefined;
  }
  if (Number(last.get('Age') || Number.NaN) < YOUNGEST_YEARS) {
    report.skipStay('under-16');
    return undefined;
  }
  const stayId = `c2019-${recordId}`;
  const endedAtMs = Math.max(...rows.map(hourOf)) * HOUR_MS;
  const collector = new ObservationCollector(stayId, endedAtMs, context.delay, report);
  for (const row of rows) addRow(row, collector, report);
  const observations = collector.finish();
  if (!hasSeries(observations)) {
    report.skipStay('no-series');
    return undefined;
  }
  return {
    stay: { stayId, site: 'challenge-2019', ward: set, bed: recordId, admittedAtMs: 0, static: staticOf(last, report) },
    datasetId: 'challenge-2019',
    patientId: `challenge-2019/${recordId}`,
    observations,
    endedAtMs,
  };
}

function rowsOf(text: string, where: string, report: ReadReport): readonly Row[] {
  const [header = '', ...lines] = text.split('\n').map((line) => line.trim());
  const columns = header.split('|');
  const missing = ['HR', ...DESCRIPTOR_COLUMNS].filter((name) => name !== 'SepsisLabel' && !columns.includes(name));
  if (missing.length > 0) {
    throw new DatasetError(
      `${where} lacks the columns ${missing.join(', ')}; found "${header.slice(0, 80)}". ` +
        'Take the .psv files of PhysioNet/CinC Challenge 2019 v1.0.0.',
    );
  }
  const rows: Row[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const cells = line.split('|');
    const row = new Map(columns.map((column, index) => [column, cells[index] ?? '']));
    const hour = hourOf(row);
    if (cells.length === columns.length && Number.isInteger(hour) && hour >= 1 && hour <= SERIES_ENDS_HOURS)
      rows.push(row);
    else report.skipValue('malformed-row');
  }
  return rows;
}

function hourOf(row: Row): number {
  return Number(row.get('ICULOS') || Number.NaN);
}

function addRow(row: Row, collector: ObservationCollector, report: ReadReport): void {
  const endMs = hourOf(row) * HOUR_MS;
  for (const [column, text] of row) {
    if (text === NOT_MEASURED || text === '' || (DESCRIPTOR_COLUMNS as readonly string[]).includes(column)) continue;
    const mapping = Object.hasOwn(COLUMNS, column) ? COLUMNS[column] : undefined;
    const value = Number(text);
    if (mapping === undefined) report.skipValue('unknown-parameter', column);
    else if (!Number.isFinite(value)) report.skipValue('malformed-row', column);
    else {
      const { signal, source } = mapping;
      // FiO2 is documented as per cent; most values are fractions.
      const unit = signal === 'fio2' && value <= 1 ? '1' : mapping.unit;
      const when = { effectiveAtMs: endMs - HOUR_MS, knownAtMs: endMs };
      collector.add({ signal, value, source, ...when, ...(unit === undefined ? {} : { unit }) });
    }
  }
}

function staticOf(row: Row, report: ReadReport): StayStatic {
  const age = row.get('Age');
  const sex = { '0': 'female', '1': 'male' } as const;
  const unit = { '1|0': 'medical', '0|1': 'surgical' } as const;
  return {
    ...numericDescriptor('ageYears', age === NOT_MEASURED ? undefined : age, report),
    ...knownDescriptor('sex', sex[row.get('Gender') as keyof typeof sex], report),
    ...knownDescriptor('unitType', unit[`${row.get('Unit1')}|${row.get('Unit2')}` as keyof typeof unit], report),
  };
}
