import { RiskScorer, writeBundle, type ReleaseDescription } from '#model';
import type { TrainingEnd, WindowEncoder, WindowStore } from '#training';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainOptions } from '../command-line.js';
import { imputationFigures, type ImputationRow } from '../figures/imputation-figures.js';
import { mortalityFigures, type MortalityFigures } from '../figures/mortality-figures.js';
import { scoreWindows, windowsToScore, type ScoredWindow } from '../figures/score-validation.js';
import type { RunContext } from '../run.js';
import type { ReleaseTarget } from '../train-release.js';
import { describeRelease } from './describe-release.js';
import { modelCard } from './model-card.js';
import { trainingRecord } from './training-record.js';

/** Validation windows on which imputation is measured; the first ones of the 24-hour mark, in the order of the data. */
const IMPUTATION_WINDOWS = 400;
const IMPUTATION_HOUR = 24;

/** A training that has ended, and what it was. */
export interface FinishedTraining {
  readonly options: TrainOptions;
  readonly target: ReleaseTarget;
  readonly encoder: WindowEncoder;
  readonly end: Extract<TrainingEnd, { kind: 'finished' }>;
  readonly dataDigest: string;
}

/** Figures of a release, as they stand in its manifest. */
export interface ReleaseFigures {
  readonly part: 'validation';
  readonly bestEpoch: number;
  readonly mortality: MortalityFigures['rows'];
  readonly imputation: readonly ImputationRow[];
}

/** Measures a trained release on the validation part, calibrates it, and writes its bundle and the raw predictions. */
export async function finishRelease(finished: FinishedTraining, context: RunContext): Promise<void> {
  const { options, target, encoder, end } = finished;
  const { print } = context;
  const description: ReleaseDescription = {
    ...describeRelease(target.releaseId, options.signals, target.hyper, encoder.scales),
    stage: 'research',
    training: trainingRecord(finished),
  };
  const uncalibrated = join(options.workDir, `${target.releaseId}.uncalibrated`);
  await writeBundle(uncalibrated, description, end.weights, '');
  const scorer = await RiskScorer.load(uncalibrated, { engine: 'onnx-cpu', threads: 1, forEvaluationOnly: true });
  const { calibration, figures, scored } = await measure(scorer, finished, context);
  await scorer.close();
  const release = { ...description, calibration, metrics: JSON.parse(JSON.stringify(figures)) };
  await writeBundle(target.directory, release, end.weights, modelCard(release, figures));
  await writePredictions(join(options.workDir, `${target.releaseId}.predictions.csv`), encoder.store, scored);
  await rm(uncalibrated, { recursive: true, force: true });
  print(`wrote ${target.directory}`);
}

async function measure(
  scorer: RiskScorer,
  { options, encoder, end }: FinishedTraining,
  { print, signal }: RunContext,
): Promise<{ calibration: MortalityFigures['calibration']; figures: ReleaseFigures; scored: ScoredWindow[] }> {
  const { store } = encoder;
  const indices = windowsToScore(store);
  print(`scoring ${indices.length} validation windows as they are served`);
  const scored = await scoreWindows(
    scorer,
    store,
    indices,
    (done) => done % 800 === 0 && print(`  ${done} scored`),
    signal,
  );
  const { calibration, rows } = mortalityFigures(store, scored, options.seed);
  for (const { dataset, hour, uncalibrated } of rows) {
    const { value, low, high } = uncalibrated.auroc;
    print(`${dataset} at ${hour} h: AUROC ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`);
  }
  const atDay = indices.filter((index) => store.labels[index]!.hoursSinceAdmission === IMPUTATION_HOUR);
  const imputation = await imputationFigures(scorer, encoder, atDay.slice(0, IMPUTATION_WINDOWS), options.seed, signal);
  const bestEpoch = end.history.reduce(
    (best, { meanAuroc }, epoch) => (meanAuroc > end.history[best]!.meanAuroc ? epoch : best),
    0,
  );
  return {
    calibration,
    figures: { part: 'validation', bestEpoch: bestEpoch + 1, mortality: rows, imputation },
    scored,
  };
}

/** Raw predictions, so that every figure can be recomputed; pseudonyms of the data sets only. */
async function writePredictions(path: string, { labels }: WindowStore, scored: readonly ScoredWindow[]): Promise<void> {
  const lines = scored.map(({ index, risk }) => {
    const { datasetId, stayId, hoursSinceAdmission, died } = labels[index]!;
    return [datasetId, stayId, hoursSinceAdmission, Number(died), risk].join(',');
  });
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, ['dataset,stay,hours,died,uncalibrated_risk', ...lines, ''].join('\n'));
}
