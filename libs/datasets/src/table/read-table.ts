import { StagingArea } from '../duckdb/staging-area.js';
import { hasSeries, ObservationCollector } from '../observation-collector.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { openTables } from './open-tables.js';
import { addObservations, stageObservations } from './stage-observations.js';
import { stageStays } from './stage-stays.js';

/** Stays of anybody's data in the layout of two tables, in the order of their ids; one stay is in memory at a time. */
export async function* readTable(context: ReadContext): AsyncGenerator<RecordedStay> {
  const { report, delay } = context;
  await using area = await StagingArea.open(context.memoryMb);
  const tables = await openTables(area, context);
  const stays = await stageStays(area, tables.stays, report);
  const rows = await stageObservations(area, tables.observations, report);
  for (const [ordinal, stay] of stays.entries()) {
    const collector = new ObservationCollector(stay.stay.stayId, stay.endedAtMs, delay, report);
    addObservations(await rows.take(ordinal), collector, report);
    const observations = collector.finish();
    if (!hasSeries(observations)) {
      report.skipStay('no-series');
      continue;
    }
    report.takeStay(observations.length, stay.outcome !== undefined);
    yield { ...stay, observations };
  }
}
