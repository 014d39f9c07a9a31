import { RiskScorer, writeBundle, type ReleaseDescription, type TrainingNeighbours } from '#model';
import { pickWindows, withoutComputed, WindowEncoder, type TrainingEnd, type WindowStore } from '#training';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainOptions } from '../command-line.js';
import {
  fitSpreadScale,
  imputationFigures,
  type ImputationRow,
  type ImputationTrial,
} from '../figures/imputation-figures.js';
import { makeNeighbours } from '../figures/make-neighbours.js';
import { mortalityFigures, type MortalityFigures } from '../figures/mortality-figures.js';
import { scoreWindows, windowsToScore, type ScoredWindow } from '../figures/score-validation.js';
import type { RunContext } from '../run.js';
import type { ReleaseTarget } from '../train-release.js';
import type { WarmStart } from '../warm-start.js';
import { bestEpochsOf } from './best-epochs.js';
import { describeRelease } from './describe-release.js';
import { modelCard } from './model-card.js';
import { trainingRecord } from './training-record.js';
import { fitReference } from './training-reference.js';
import { writeProvedBundle } from './write-proved-bundle.js';

/** Validation windows on which imputation is measured; the first ones of the 24-hour mark, in the order of the data. */
const IMPUTATION_WINDOWS = 400;
const IMPUTATION_HOUR = 24;

/** Training stays whose outcomes a score tells of. */
const NEAREST_STAYS = 100;

/** A training that has ended, and what it was. */
export interface FinishedTraining {
  readonly options: TrainOptions;
  readonly target: ReleaseTarget;
  readonly encoder: WindowEncoder;
  readonly end: Extract<TrainingEnd, { kind: 'finished' }>;
  readonly dataDigest: string;
  /** Release that the training started from. */
  readonly warmStart: WarmStart['record'] | undefined;
  /** See `learnedBefore`. */
  readonly learnedBeforeMs: number | undefined;
}

/** Figures of a release, as they stand in its manifest. */
export interface ReleaseFigures {
  readonly part: 'validation';
  /** Of each risk network, counted from 1 over the whole training. */
  readonly bestEpochs: readonly number[];
  readonly mortality: MortalityFigures['rows'];
  readonly imputation: readonly ImputationRow[];
}

/** Calibrates a trained release on the validation part, measures it there, and writes its bundle and the raw predictions. */
export async function finishRelease(finished: FinishedTraining, context: RunContext): Promise<void> {
  const { options, target, encoder, end } = finished;
  const trained: ReleaseDescription = {
    ...describeRelease(target.releaseId, options.signals, end.hyper, encoder.scales),
    stage: 'research',
    training: trainingRecord(finished),
  };
  const draft = join(options.workDir, `${target.releaseId}.draft`);
  const withScorer = async <R>(
    description: ReleaseDescription,
    work: (scorer: RiskScorer) => Promise<R>,
    neighbours?: TrainingNeighbours,
  ): Promise<R> => {
    await writeBundle(draft, description, end.weights, '', neighbours);
    const scorer = await RiskScorer.load(draft, { engine: 'onnx-cpu', threads: 1, forEvaluationOnly: true });
    return work(scorer).finally(() => scorer.close());
  };
  const { spreadScale, neighbours } = await withScorer(trained, async (scorer) => ({
    spreadScale: await fitSpreadScale(trialOf(scorer, finished, context), trained.sampler),
    neighbours: await makeNeighbours(scorer, encoder, options.seed, context.signal),
  }));
  context.print(`spread of residuals scaled by ${spreadScale}, so that the 90 % interval holds 90 % of hidden points`);
  const served = { ...trained, sampler: { ...trained.sampler, spreadScale }, nearest: { stays: NEAREST_STAYS } };
  const { calibration, figures, scored } = await withScorer(
    served,
    (scorer) => measure(scorer, finished, context),
    neighbours,
  );
  const reference = fitReference(encoder.store, scored, calibration);
  const release: ReleaseDescription = {
    ...{ ...served, calibration, metrics: JSON.parse(JSON.stringify(figures)) },
    ...(reference === undefined ? {} : { reference }),
  };
  await writeProvedBundle(target.directory, release, end.weights, modelCard(release, figures), neighbours);
  await writePredictions(join(options.workDir, `${target.releaseId}.predictions.csv`), encoder.store, scored);
  await rm(draft, { recursive: true, force: true });
  context.print(`wrote ${target.directory}`);
}

/** The windows on which imputation is judged, without what a data set computed. */
function trialOf(scorer: RiskScorer, { options, encoder }: FinishedTraining, { signal }: RunContext): ImputationTrial {
  const { store } = encoder;
  const atDay = windowsToScore(store).filter((index) => store.labels[index]!.hoursSinceAdmission === IMPUTATION_HOUR);
  const asked = withoutComputed(pickWindows(store, atDay.slice(0, IMPUTATION_WINDOWS)));
  const encoderOfAsked = new WindowEncoder(asked, encoder.scales);
  const windows = asked.labels.map((_, index) => encoderOfAsked.encode(index));
  return { scorer, windows, seed: options.seed, signal };
}

async function measure(
  scorer: RiskScorer,
  finished: FinishedTraining,
  context: RunContext,
): Promise<{ calibration: MortalityFigures['calibration']; figures: ReleaseFigures; scored: ScoredWindow[] }> {
  const { options, encoder, end } = finished;
  const { print, signal } = context;
  const { store } = encoder;
  const indices = windowsToScore(store);
  print(`scoring ${indices.length} validation windows as they are served`);
  const onProgress = (done: number): void => {
    if (done % 800 === 0) print(`  ${done} scored`);
  };
  const scored = await scoreWindows(scorer, store, indices, onProgress, signal);
  const { calibration, rows } = mortalityFigures(store, scored, options.seed);
  for (const { dataset, hour, uncalibrated } of rows) {
    const { value, low, high } = uncalibrated.auroc;
    print(`${dataset} at ${hour} h: AUROC ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`);
  }
  const imputation = await imputationFigures(trialOf(scorer, finished, context), scorer.manifest.sampler);
  return {
    calibration,
    figures: {
      part: 'validation',
      bestEpochs: bestEpochsOf(end.history, end.hyper.risk.members),
      mortality: rows,
      imputation,
    },
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
