import { PUBLISHED_SERIES, readHourlySeries, SERIES_HOURS, type HourlySeries } from '#datasets';
import type { WindowLabel, WindowStore } from '#training';
import type { EvaluateOptions } from '../command-line.js';
import type { EvaluationData } from '../data/collect-data.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { UsageError } from '../run-context.js';

const SET = 'set-a';

/**
 * Set-a of Challenge 2012 as published imputations read it: 35 series by 48 hours, one window a record, values as they were written.
 *
 * @throws UsageError for another data set or part; DatasetError when the folder is missing or foreign
 */
export async function readPublishedData({
  dataset,
  part,
  maxStays = Infinity,
}: Pick<EvaluateOptions, 'dataset' | 'part' | 'maxStays'>): Promise<EvaluationData> {
  const [only] = dataset;
  if (only === undefined || dataset.length > 1 || only.id !== 'challenge-2012' || part.some((name) => name !== SET))
    throw new UsageError(
      `the published protocol is of ${SET} of Challenge 2012: expected --dataset challenge-2012=PATH alone`,
    );
  const labels: WindowLabel[] = [];
  const windows: Float32Array[] = [];
  for await (const record of readHourlySeries(only.path, SET)) {
    if (labels.length >= maxStays) break;
    labels.push(labelOf(record));
    windows.push(record.values);
  }
  const size = PUBLISHED_SERIES.length * SERIES_HOURS;
  const values = new Float32Array(labels.length * size);
  windows.forEach((window, at) => values.set(window, at * size));
  const store: WindowStore = { signals: PUBLISHED_SERIES, hours: SERIES_HOURS, labels, values };
  return { id: 'challenge-2012', store, digest: digestOfWindows(store, [...labels.keys()]) };
}

function labelOf({ recordId, outcome, severityScores, static: known }: HourlySeries): WindowLabel {
  return {
    datasetId: 'challenge-2012',
    stayId: `c2012-${recordId}`,
    patientId: `challenge-2012/${recordId}`,
    // the protocol splits by folds; this part is looked at by nobody
    part: 'train',
    datasetPart: SET,
    hoursSinceAdmission: SERIES_HOURS,
    died: outcome === 'died',
    ...(outcome === undefined ? { outcomeUnknown: true as const } : {}),
    static: known,
    ...(severityScores === undefined ? {} : { severityScores }),
  };
}
