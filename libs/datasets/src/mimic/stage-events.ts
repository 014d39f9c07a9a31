import { quoted } from '../duckdb/quoted.js';
import { stageTable } from '../duckdb/stage-table.js';
import type { StagingArea } from '../duckdb/staging-area.js';
import type { StayRows } from '../duckdb/stay-rows.js';
import type { TableFile } from '../duckdb/table-file.js';
import type { ReadReport, ValueSkip } from '../read-report.js';
import { CHART_ITEMS, OUTPUT_ITEMS, PROCEDURE_ITEMS } from './chart-items.js';
import { LAB_ITEMS } from './lab-items.js';
import type { MimicItem } from './mimic-item.js';
import type { MimicLayout } from './mimic-layout.js';
import type { MimicFiles } from './open-mimic.js';

/** All items; a staged row holds the index of its item. */
export const ITEMS: readonly MimicItem[] = [...CHART_ITEMS, ...LAB_ITEMS, ...OUTPUT_ITEMS, ...PROCEDURE_ITEMS];

const MOST_HOURS_VENTILATED = 24 * 90;
/** A key to join by, null for an item that is not read. An `AND` instead would make the join compare every row with every stay. */
const ofReadItem = (key: string): string => `CASE WHEN i.item IS NOT NULL THEN ${key} END`;
const ms = (cell: string): string => `epoch_ms(TRY_CAST(${cell} AS TIMESTAMP))::DOUBLE`;

/**
 * Stages charted values, results, urine and ventilation, and gives them by stay: stay, index into {@link ITEMS}, effective and storage time in
 * milliseconds since admission (null: not said), value (null only for a specimen), unit of the row, text of a specimen.
 *
 * Needs the table `stays` of {@link stageStays}. Each file is read once; what is left out is kept as an almost empty row, and counted.
 */
export async function stageEvents(
  area: StagingArea,
  layout: MimicLayout,
  files: MimicFiles,
  report: ReadReport,
): Promise<StayRows> {
  await area.run(
    `CREATE TABLE events (source VARCHAR, stay INTEGER, item SMALLINT, effective DOUBLE, stored DOUBLE, value DOUBLE, unit VARCHAR,
       text VARCHAR, skip VARCHAR)`,
  );
  const rows = ITEMS.map(({ id }, index) => `(${tableOf(index)}, '${id}', ${index}::SMALLINT)`);
  await area.run(`CREATE TABLE items AS SELECT * FROM (VALUES ${rows.join(', ')}) i(source, id, item)`);
  const stage = (file: TableFile, sql: string): Promise<void> => stageTable(area, file, sql, report);
  await stage(files.chart, chartSql(layout, files.chart));
  await stage(files.labs, labSql(layout, files.labs));
  if (files.outputs !== undefined) await stage(files.outputs, outputSql(layout, files.outputs));
  if (files.procedures !== undefined) await stage(files.procedures, procedureSql(layout, files.procedures));
  await countSkips(area, report);
  return area.byStay(
    'SELECT stay, item, effective, stored, value, unit, text FROM events WHERE skip IS NULL ORDER BY stay',
  );
}

/** Item numbers are unique within a table, not across them. */
function tableOf(index: number): string {
  if (index < CHART_ITEMS.length) return quoted('chart');
  if (index < CHART_ITEMS.length + LAB_ITEMS.length) return quoted('labs');
  return quoted(index < ITEMS.length - PROCEDURE_ITEMS.length ? 'outputs' : 'procedures');
}

/** Wraps rows of (item, ordinal, stay_given, effective, stored, value, unit, text, wrong) into the events that they are. */
function insertSql(source: string, rows: string, unknownStay: string): string {
  return `INSERT INTO events SELECT ${quoted(source)}, CASE WHEN skip IS NULL THEN ordinal END, item,
      CASE WHEN skip IS NULL THEN effective END, CASE WHEN skip IS NULL THEN stored END, CASE WHEN skip IS NULL THEN value END,
      CASE WHEN skip IS NULL THEN unit END, CASE WHEN skip IS NULL THEN text END, skip
    FROM (SELECT *, CASE WHEN item IS NULL THEN 'unknown-parameter' WHEN wrong THEN 'marked-as-error'
        WHEN ordinal < 0 THEN 'left-out' WHEN ordinal IS NULL THEN ${unknownStay}
        WHEN effective IS NULL THEN 'malformed-row' WHEN value IS NULL AND text IS NULL THEN 'unknown-value' END AS skip
      FROM (${rows}))`;
}

const byKey = (stay: string): string => `CASE WHEN ${stay} IS NULL THEN 'outside-stay' ELSE 'stay-unknown' END`;

function chartSql({ stayKey, hasErrorFlag }: MimicLayout, { sql }: TableFile): string {
  const rows = `SELECT i.item, s.ordinal, c.${stayKey} AS stay_given, ${ms('c.charttime')} - s.admitted AS effective,
      ${ms('c.storetime')} - s.admitted AS stored, TRY_CAST(c.valuenum AS DOUBLE) AS value, NULL::VARCHAR AS unit,
      NULL::VARCHAR AS text, ${hasErrorFlag ? "coalesce(c.error = '1', false)" : 'false'} AS wrong
    FROM ${sql} c LEFT JOIN items i ON i.source = 'chart' AND i.id = c.itemid
      LEFT JOIN stays s ON s.id = ${ofReadItem(`c.${stayKey}`)}`;
  return insertSql('chart', rows, byKey('stay_given'));
}

/** Results have no stay: they belong to the stay of the person within which they were drawn. */
function labSql({ hasLabStoreTime }: MimicLayout, { sql }: TableFile): string {
  const specimens = LAB_ITEMS.filter(({ means }) => means === 'specimen').map(({ id }) => quoted(String(id)));
  const rows = `SELECT i.item, s.ordinal, ${ms('c.charttime')} - s.admitted AS effective,
      ${hasLabStoreTime ? `${ms('c.storetime')} - s.admitted` : 'NULL::DOUBLE'} AS stored, TRY_CAST(c.valuenum AS DOUBLE) AS value,
      c.valueuom AS unit, CASE WHEN c.itemid IN (${specimens.join(', ')}) THEN c.value END AS text, false AS wrong
    FROM ${sql} c LEFT JOIN items i ON i.source = 'labs' AND i.id = c.itemid
      LEFT JOIN stays s ON s.subject = ${ofReadItem('c.subject_id')}
        AND ${ms('c.charttime')} >= s.admitted AND ${ms('c.charttime')} <= s.ended`;
  return insertSql('labs', rows, "'outside-stay'");
}

function outputSql({ stayKey }: MimicLayout, { sql }: TableFile): string {
  const rows = `SELECT i.item, s.ordinal, c.${stayKey} AS stay_given, ${ms('c.charttime')} - s.admitted AS effective,
      ${ms('c.storetime')} - s.admitted AS stored, TRY_CAST(c.value AS DOUBLE) AS value, NULL::VARCHAR AS unit, NULL::VARCHAR AS text,
      false AS wrong
    FROM ${sql} c LEFT JOIN items i ON i.source = 'outputs' AND i.id = c.itemid
      LEFT JOIN stays s ON s.id = ${ofReadItem(`c.${stayKey}`)}`;
  return insertSql('outputs', rows, byKey('stay_given'));
}

/**
 * A ventilation becomes a 1 at its start and at every full hour until its end. Its storage time is that of the last edit, often after its
 * end, so that it is not used: each 1 is available at its hour.
 */
function procedureSql({ stayKey }: MimicLayout, { sql }: TableFile): string {
  const hours = `greatest(0, least(${MOST_HOURS_VENTILATED}, coalesce(floor((${ms('c.endtime')} - ${ms('c.starttime')}) / 3600000), 0)))`;
  const rows = `SELECT item, ordinal, stay_given, started + hour * 3600000 AS effective, NULL::DOUBLE AS stored, 1::DOUBLE AS value,
      NULL::VARCHAR AS unit, NULL::VARCHAR AS text, wrong
    FROM (SELECT i.item, s.ordinal, c.${stayKey} AS stay_given, ${ms('c.starttime')} - s.admitted AS started,
        coalesce(c.statusdescription = 'Rewritten', false) AS wrong, unnest(range(CASE WHEN i.item IS NULL THEN 1 ELSE ${hours}::BIGINT + 1 END)) AS hour
      FROM ${sql} c LEFT JOIN items i ON i.source = 'procedures' AND i.id = c.itemid
        LEFT JOIN stays s ON s.id = ${ofReadItem(`c.${stayKey}`)})`;
  return insertSql('procedures', rows, byKey('stay_given'));
}

async function countSkips(area: StagingArea, report: ReadReport): Promise<void> {
  const skips = await area.rows(
    `SELECT skip, source, item::INTEGER, count(*)::DOUBLE FROM events WHERE skip IS NOT NULL AND skip <> 'left-out'
     GROUP BY ALL ORDER BY ALL`,
  );
  for (const [reason, source, item, times] of skips) {
    const name = typeof item === 'number' ? ITEMS[item]!.means : `items of ${source} that are not read`;
    report.skipValue(reason as ValueSkip, name, times as number);
  }
}
