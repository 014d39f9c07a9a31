import { HOUR_MS, MINUTE_MS } from '#clinical';
import type { StayRows } from '../duckdb/stay-rows.js';
import { unitOf } from '../file-units.js';
import type { ObservationCollector } from '../observation-collector.js';
import type { ReadReport } from '../read-report.js';
import { LAB_NAMES } from './lab-names.js';
import { LAB_SERIES, type StagedTable } from './stage-eicu.js';
import { temperatureUnit, type VitalColumn } from './vital-columns.js';

type Rows = Awaited<ReturnType<StayRows['take']>>;

/** A row of a table summed up by the hour speaks of the hour that follows its offset, and can be known only at that hour's end. */
function knownAt(offsetMinutes: number, { isHourly }: StagedTable): number {
  return offsetMinutes * MINUTE_MS + (isHourly ? HOUR_MS : 0);
}

/** Adds a stay's rows of vitalPeriodic. */
export function addPeriodic(
  rows: Rows,
  table: StagedTable,
  columns: readonly VitalColumn[],
  collector: ObservationCollector,
  report: ReadReport,
): void {
  eachValue(rows, columns, report, ({ signal, source }, value, offsetMinutes) =>
    collector.add({
      signal,
      value,
      // Where rows were summed up by the hour, most "arterial" pressures are medians of the cuff's.
      source: table.isHourly ? 'monitor' : source,
      effectiveAtMs: offsetMinutes * MINUTE_MS,
      knownAtMs: knownAt(offsetMinutes, table),
      ...(signal === 'temperature' ? { unit: temperatureUnit(value) } : {}),
    }),
  );
}

/** Adds a stay's rows of vitalAperiodic. */
export function addCuff(
  rows: Rows,
  columns: readonly VitalColumn[],
  collector: ObservationCollector,
  report: ReadReport,
): void {
  eachValue(rows, columns, report, ({ signal, source }, value, offsetMinutes) =>
    collector.add({ signal, value, source, effectiveAtMs: offsetMinutes * MINUTE_MS }),
  );
}

/** Adds a stay's rows of lab. */
export function addLabs(rows: Rows, table: StagedTable, collector: ObservationCollector): void {
  for (const [, at, series, number, unitText, revised] of rows) {
    const [offsetMinutes, value] = [at as number, number as number];
    const { signal, source, unit, delayOf } = LAB_NAMES[LAB_SERIES[series as number]!]!;
    const isFraction = signal === 'fio2' && value <= 1;
    collector.add({
      signal,
      value,
      unit: isFraction ? '1' : unitOf(unitText as string | null, unit),
      source,
      effectiveAtMs: offsetMinutes * MINUTE_MS,
      knownAtMs: knownAt(offsetMinutes, table),
      // A revision after the draw is the moment at which this very value could be seen; one at the draw says nothing.
      ...(revised !== null && (revised as number) > offsetMinutes
        ? { availableAtMs: (revised as number) * MINUTE_MS }
        : {}),
      ...(delayOf === undefined ? {} : { delayOf }),
    });
  }
}

function eachValue(
  rows: Rows,
  columns: readonly VitalColumn[],
  report: ReadReport,
  add: (column: VitalColumn, value: number, offsetMinutes: number) => void,
): void {
  for (const [, at, ...cells] of rows) {
    cells.forEach((cell, index) => {
      if (cell === null) return;
      if (Number.isNaN(cell)) return report.skipValue('malformed-row', columns[index]!.column);
      add(columns[index]!, cell as number, at as number);
    });
  }
}
