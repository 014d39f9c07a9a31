import { StagingArea } from '../duckdb/staging-area.js';
import type { StayRows } from '../duckdb/stay-rows.js';
import { hasSeries, ObservationCollector } from '../observation-collector.js';
import type { ReadContext } from '../read-context.js';
import type { RecordedStay } from '../recorded-stay.js';
import { addEvents } from './assemble-stay.js';
import { MIMIC_III, MIMIC_IV, type MimicLayout } from './mimic-layout.js';
import { openMimic } from './open-mimic.js';
import { stageEvents } from './stage-events.js';
import { stageStays, type MimicStay } from './stage-stays.js';

/** ICU stays of MIMIC-III 1.4 (or its demo) in the order of their numbers; tables are sorted on disk, one stay is in memory at a time. */
export function readMimicIii(context: ReadContext): AsyncGenerator<RecordedStay> {
  return stays(context, MIMIC_III);
}

/** The same of MIMIC-IV 2.0 or later (or its demo). */
export function readMimicIv(context: ReadContext): AsyncGenerator<RecordedStay> {
  return stays(context, MIMIC_IV);
}

async function* stays(context: ReadContext, layout: MimicLayout): AsyncGenerator<RecordedStay> {
  const files = await openMimic(layout, context);
  await using area = await StagingArea.open(context.memoryMb);
  const found = await stageStays(area, layout, files, context.report);
  const events = await stageEvents(area, layout, files, context.report);
  for (const [ordinal, stay] of found.entries()) {
    const recorded = recordedStay(stay, await events.take(ordinal), context, layout.id);
    if (recorded !== undefined) yield recorded;
  }
}

function recordedStay(
  stay: MimicStay,
  rows: Awaited<ReturnType<StayRows['take']>>,
  { report, delay }: ReadContext,
  datasetId: MimicLayout['id'],
): RecordedStay | undefined {
  const stayId = `${datasetId}-${stay.id}`;
  const collector = new ObservationCollector(stayId, stay.endedAtMs, delay, report);
  const size = addEvents(rows, collector, report);
  const observations = collector.finish();
  if (!hasSeries(observations)) {
    report.skipStay('no-series');
    return undefined;
  }
  report.takeStay(observations.length, stay.outcome !== undefined);
  return {
    stay: {
      stayId,
      site: datasetId,
      ward: stay.ward,
      bed: stay.id,
      admittedAtMs: 0,
      static: { ...stay.static, ...size },
    },
    datasetId,
    patientId: stay.patientId,
    observations,
    endedAtMs: stay.endedAtMs,
    ...(stay.outcome === undefined ? {} : { outcome: stay.outcome }),
  };
}
