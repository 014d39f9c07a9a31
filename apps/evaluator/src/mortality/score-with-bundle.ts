import type { RiskScorer } from '#model';
import { windowAt, type WindowLabel, type WindowStore } from '#training';
import type { EvaluationData } from '../data/collect-data.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { selectSignals } from '../data/select-signals.js';
import type { Session } from '../session.js';
import type { ScoredHour } from './scored-windows.js';

/** Windows of a cell: a stop waits for one of them at most. */
const CELL_WINDOWS = 500;
const BATCH_SIZE = 16;

/** Scores windows of one hour as they are served: the bundle's own sampler, samples, calibration and engine. */
export async function scoreWithBundle(
  session: Session,
  scorer: RiskScorer,
  data: EvaluationData,
  hour: number,
  indices: readonly number[],
): Promise<ScoredHour> {
  const { releaseId, files, calibration, sampler } = scorer.manifest;
  const store = selectSignals(data.store, scorer.manifest.signals);
  const [risks, low, high]: [number[], number[], number[]] = [[], [], []];
  for (let first = 0; first < indices.length; first += CELL_WINDOWS) {
    const chosen = indices.slice(first, first + CELL_WINDOWS);
    const { arrays } = await session.cells.cell(
      {
        kind: 'score',
        name: `${releaseId}, ${data.id} at ${hour} h, windows ${first + 1} to ${first + chosen.length} of ${indices.length}`,
        decides: {
          bundle: { files, calibration, sampler },
          windows: digestOfWindows(store, chosen),
          seed: session.options.seed,
          engine: scorer.engine.name,
        },
      },
      async () => ({ value: { windows: chosen.length }, arrays: await scoreBatches(scorer, store, chosen, session) }),
    );
    risks.push(...arrays['median']!);
    low.push(...arrays['low']!);
    high.push(...arrays['high']!);
  }
  return { method: releaseId, hour, indices, risks, low, high, isProbability: true };
}

/** Decides the noise of a window's score in every form. */
export function noiseKeyOf(
  { datasetId, stayId, hoursSinceAdmission }: Pick<WindowLabel, 'datasetId' | 'stayId' | 'hoursSinceAdmission'>,
  seed: number,
): string {
  return `evaluation|${seed}|${datasetId}|${stayId}|${hoursSinceAdmission}`;
}

async function scoreBatches(
  scorer: RiskScorer,
  store: WindowStore,
  indices: readonly number[],
  { options }: Session,
): Promise<Record<'median' | 'low' | 'high', Float32Array>> {
  const found: Record<'median' | 'low' | 'high', number[]> = { median: [], low: [], high: [] };
  for (let first = 0; first < indices.length; first += BATCH_SIZE) {
    const scores = await scorer.score(
      indices.slice(first, first + BATCH_SIZE).map((index) => {
        const label = store.labels[index]!;
        const { static: known, hoursSinceAdmission } = label;
        return {
          ...windowAt(store, index),
          static: known,
          hoursSinceAdmission,
          noiseKey: noiseKeyOf(label, options.seed),
        };
      }),
    );
    for (const { risk } of scores) for (const part of ['median', 'low', 'high'] as const) found[part].push(risk[part]);
  }
  return {
    median: Float32Array.from(found.median),
    low: Float32Array.from(found.low),
    high: Float32Array.from(found.high),
  };
}
