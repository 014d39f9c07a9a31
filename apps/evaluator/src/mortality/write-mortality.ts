import { type CurveSource, lineChart, precisionRecallChart, reliabilityChart, rocChart } from '#reporting';
import type { WindowStore } from '#training';
import type { EvaluationData } from '../data/collect-data.js';
import type { ParquetColumn, ParquetRow } from '../predictions/write-parquet.js';
import type { Session } from '../session.js';
import type { ScoredWindows } from './scored-windows.js';

const PREDICTION_COLUMNS: readonly ParquetColumn[] = [
  { name: 'dataset', type: 'text' },
  { name: 'dataset_part', type: 'text' },
  { name: 'stay', type: 'text' },
  { name: 'split', type: 'text' },
  { name: 'hours', type: 'whole' },
  { name: 'died', type: 'whole' },
  { name: 'method', type: 'text' },
  { name: 'risk', type: 'number' },
  { name: 'low', type: 'number' },
  { name: 'high', type: 'number' },
];

/** Raw predictions, so that every figure can be recomputed; pseudonyms of the data sets only. */
export async function writeMortalityPredictions(
  session: Session,
  id: string,
  found: readonly { readonly data: EvaluationData; readonly scored: readonly ScoredWindows[] }[],
): Promise<void> {
  await session.writePredictions(id, PREDICTION_COLUMNS, predictionRows(found));
}

function* predictionRows(
  found: readonly { readonly data: EvaluationData; readonly scored: readonly ScoredWindows[] }[],
): Generator<ParquetRow> {
  for (const { data, scored } of found)
    for (const { method, indices, risks, low, high } of scored)
      for (const [row, index] of indices.entries()) {
        const { stayId, part, datasetPart, died, hoursSinceAdmission: hour } = data.store.labels[index]!;
        yield [data.id, datasetPart, stayId, part, hour, Number(died), method, risks[row], low?.[row], high?.[row]];
      }
}

/** Draws ROC, precision-recall and reliability curves of the methods at one hour. */
export async function writeMortalityPictures(
  session: Session,
  { id, store }: EvaluationData,
  hour: number,
  scored: readonly ScoredWindows[],
): Promise<void> {
  const sources = scored.map((one) => curveSource(store, one));
  if (sources.every(({ labels }) => labels.every((label) => label === labels[0]))) return;
  const where = `${id} at ${hour} h`;
  const file = (kind: string): string => `${kind}-${id}-${hour}h`;
  await session.writePicture(file('roc'), await lineChart(rocChart(`ROC, ${where}`, sources)));
  await session.writePicture(
    file('precision-recall'),
    await lineChart(precisionRecallChart(`Precision and recall, ${where}`, sources)),
  );
  const probabilities = sources.filter((_, at) => scored[at]!.isProbability);
  if (probabilities.length > 0)
    await session.writePicture(
      file('reliability'),
      await lineChart(reliabilityChart(`Reliability, ${where}`, probabilities)),
    );
}

function curveSource({ labels }: WindowStore, { method, indices, risks }: ScoredWindows): CurveSource {
  return { name: method, risks, labels: indices.map((index) => Number(labels[index]!.died)) };
}
