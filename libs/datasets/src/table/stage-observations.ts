import {
  HOUR_MS,
  isSignalId,
  OBSERVATION_SOURCES,
  signalDefinition,
  type ObservationSource,
  type SignalId,
} from '#clinical';
import { DatasetError } from '../dataset-error.js';
import { stageTable } from '../duckdb/stage-table.js';
import type { StagingArea } from '../duckdb/staging-area.js';
import type { Cell, StayRows } from '../duckdb/stay-rows.js';
import type { TableFile } from '../duckdb/table-file.js';
import type { ObservationCollector } from '../observation-collector.js';
import type { ReadReport } from '../read-report.js';
import { timeColumn } from './open-tables.js';
import { momentMs } from './stage-stays.js';

/**
 * Stages the observations: rows of stay, signal, value (null: none), effective and available time in milliseconds since admission (null:
 * none), unit and source (null: not said).
 *
 * @throws DatasetError for a source that is none
 */
export async function stageObservations(area: StagingArea, file: TableFile, report: ReadReport): Promise<StayRows> {
  const optional = (name: string): string => (file.columns.has(name) ? `nullif(trim(o.${name}), '')` : 'NULL::VARCHAR');
  const available = timeColumn(file, 'available');
  await stageTable(
    area,
    file,
    `CREATE TABLE observations AS SELECT s.ordinal AS stay, o.signal AS signal, TRY_CAST(o.value AS DOUBLE) AS value,
       ${sinceAdmission(timeColumn(file, 'effective')!)} AS effective,
       ${available === undefined ? 'NULL::DOUBLE' : sinceAdmission(available)} AS available, ${optional('unit')} AS unit,
       ${optional('source')} AS source,
       ${available === undefined ? 'false' : `${optional(available)} IS NOT NULL`} AS says_available
     FROM ${file.sql} o LEFT JOIN stays s ON s.id = trim(o.stay_id)`,
    report,
  );
  await refuseSources(area, file);
  const [[unknown] = []] = await area.rows('SELECT count(*)::DOUBLE FROM observations WHERE stay IS NULL');
  report.skipValue('stay-unknown', 'observations', unknown as number);
  return area.byStay(
    `SELECT stay, signal, value, effective, available, unit, source, says_available::INTEGER FROM observations
     WHERE stay >= 0 ORDER BY stay`,
  );
}

function sinceAdmission(column: string): string {
  if (column.endsWith('_at')) return `${momentMs(`o.${column}`)} - s.admitted`;
  return `round(TRY_CAST(o.${column} AS DOUBLE) * ${HOUR_MS})`;
}

async function refuseSources(area: StagingArea, { path }: TableFile): Promise<void> {
  const known = OBSERVATION_SOURCES.map((source) => `'${source}'`).join(', ');
  const [foreign] = await area.rows(
    `SELECT source, count(*)::DOUBLE FROM observations WHERE source NOT IN (${known}) GROUP BY source ORDER BY source LIMIT 1`,
  );
  if (foreign === undefined) return;
  throw new DatasetError(
    `${path}: column source holds "${foreign[0]}" (${foreign[1]} rows); expected one of ${OBSERVATION_SOURCES.join(', ')} or nothing.`,
  );
}

/** Adds a stay's staged rows to its collector. */
export function addObservations(
  rows: readonly (readonly Cell[])[],
  collector: ObservationCollector,
  report: ReadReport,
): void {
  for (const [, signal, value, effectiveAtMs, availableAtMs, unit, source, saysAvailable] of rows) {
    const name = String(signal ?? '').trim();
    if (name === '') report.skipValue('empty-parameter-name');
    else if (!isSignalId(name)) report.skipValue('unknown-parameter', name);
    else if (typeof value !== 'number' || !isFiniteCell(effectiveAtMs)) report.skipValue('malformed-row', name);
    else if (saysAvailable === 1 && !isFiniteCell(availableAtMs)) report.skipValue('malformed-row', name);
    else {
      collector.add({
        signal: name,
        value,
        effectiveAtMs,
        source: (source as ObservationSource | null) ?? usualSource(name),
        ...(isFiniteCell(availableAtMs) ? { availableAtMs } : {}),
        ...(unit === null ? {} : { unit: unit as string }),
      });
    }
  }
}

function isFiniteCell(cell: Cell | undefined): cell is number {
  return typeof cell === 'number' && Number.isFinite(cell);
}

function usualSource(signal: SignalId): ObservationSource {
  return signalDefinition(signal).kind === 'laboratory' ? 'laboratory' : 'monitor';
}
