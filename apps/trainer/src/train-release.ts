import { SIGNAL_SETS } from '#clinical';
import { TensorRuntime } from '#engine';
import type { HyperParameters } from '#network';
import {
  DEFAULT_SETTINGS,
  PAPER_SETTINGS,
  ProgressLines,
  REPORTED_END_HOURS,
  mostEpochs,
  type TrainingObserver,
  type TrainingSettings,
  WindowEncoder,
  type WindowStore,
  applyPreset,
  cachedWindows,
  fitScales,
  train,
  cachedTeacher,
} from '#training';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { resourceUsage } from 'node:process';
import type { TrainOptions } from './command-line.js';
import { finishRelease } from './release/finish-release.js';
import { learnedBefore } from './release/learned-before.js';
import type { RunContext } from './run.js';
import { tellParent } from './trainings/child-message.js';
import { alsoToParent } from './trainings/with-parent.js';
import { readWarmStart, type WarmStart } from './warm-start.js';

const KIB_IN_MIB = 1024;

/** Where a release goes and how large its networks are. */
export interface ReleaseTarget {
  readonly releaseId: string;
  readonly directory: string;
  readonly hyper: HyperParameters;
}

/** Windows, training, figures, bundle. @returns the exit code */
export async function trainRelease(options: TrainOptions, target: ReleaseTarget, context: RunContext): Promise<number> {
  const { print, nowMs, signal } = context;
  tellParent({ kind: 'phase', phase: 'windows' });
  const warmStart = await readWarmStart(options, target.hyper);
  const collected = await cachedWindows(
    {
      datasets: options.dataset,
      signals: SIGNAL_SETS[options.signals],
      randomEnds: options.randomEnds,
      seed: options.seed,
      ...(options.maxStays === undefined ? {} : { maxStays: options.maxStays }),
      ...(options.until === undefined ? {} : { endedBeforeMs: options.until }),
      onStay: (read) => read % 1000 === 0 && print(`read ${read} stays`),
    },
    options.workDir,
  );
  const store = applyPreset(collected.store, options.preset, options.seed);
  print(
    `${store.labels.length} windows ${collected.fromCache ? 'from the cache' : 'cut'}, digest ${collected.digest.slice(0, 12)}`,
  );
  const encoder = new WindowEncoder(store, warmStart?.scales ?? fitScales(store));
  const settings = settingsOf(options, target.hyper, warmStart);
  tellParent({ kind: 'phase', phase: 'teacher' });
  const teacher = await teacherOf(encoder, settings, collected.digest, options, context);
  const runtime = await TensorRuntime.load(options.engine);
  print(`training on ${runtime.name}`);
  tellParent({ kind: 'phase', phase: 'training' });
  const end = await train({
    runtime,
    encoder,
    settings,
    validationWindows: validationWindows(store),
    identity: createHash('sha256')
      .update(JSON.stringify([settings, options.preset, collected.digest]))
      .digest('hex'),
    checkpointPath: join(options.workDir, `${target.releaseId}.checkpoint`),
    resume: options.resume || options.finish,
    finishNow: options.finish,
    ...(teacher === undefined ? {} : { teacher }),
    ...(warmStart === undefined ? {} : { startFrom: warmStart.weights }),
    observer: observerOf(mostEpochs(settings), context),
    nowMs,
    memoryPeakMb: () => resourceUsage().maxRSS / KIB_IN_MIB,
    signal,
  });
  if (end.kind === 'interrupted') {
    print(`interrupted in epoch ${end.epoch + 1} after batch ${end.batch}; go on with --resume`);
    return 130;
  }
  tellParent({ kind: 'phase', phase: 'figures' });
  const learnedBeforeMs = learnedBefore(options, warmStart, nowMs());
  const known = { dataDigest: collected.digest, warmStart: warmStart?.record, learnedBeforeMs };
  await finishRelease({ options, target, encoder, end, ...known }, context);
  return 0;
}

/** Prints how it goes, and tells a service that started this process. */
function observerOf(epochs: number, { print, nowMs }: RunContext): TrainingObserver {
  return alsoToParent(new ProgressLines(epochs, print, nowMs), epochs);
}

/** A tree ensemble's opinion of every window; none where it shall have no weight, nor in the published recipe. */
async function teacherOf(
  encoder: WindowEncoder,
  { teacherShare, seed }: TrainingSettings,
  digest: string,
  { workDir }: TrainOptions,
  { print, signal }: RunContext,
): Promise<Float32Array | undefined> {
  if (teacherShare === 0) return undefined;
  const onFold = (fold: number, folds: number): void => print(`teacher: fold ${fold} of ${folds} grown`);
  return cachedTeacher(encoder, digest, workDir, { seed, onFold, signal });
}

function settingsOf(options: TrainOptions, hyper: HyperParameters, warmStart: WarmStart | undefined): TrainingSettings {
  const { seed, pretrainEpochs, epochs, patience, batchSize, learningRate, teacherShare, weightDecay, riskEpochs } =
    options;
  return {
    ...DEFAULT_SETTINGS,
    ...{ seed, pretrainEpochs, epochs, patience, batchSize, learningRate, teacherShare, weightDecay, riskEpochs },
    ...(options.preset === 'paper' ? PAPER_SETTINGS : {}),
    freezeImputer: options.freezeImputer,
    keptMembers: warmStart?.record.keptMembers ?? 0,
    ...(warmStart === undefined ? {} : { warmStart: JSON.stringify(warmStart.record) }),
    hyper,
  };
}

/** Validation windows by reported hour; an hour that no stay reached is left out. */
function validationWindows({ labels }: WindowStore): Map<number, number[]> {
  const byHour = REPORTED_END_HOURS.map((hour): [number, number[]] => [
    hour,
    [...labels.keys()].filter(
      (index) => labels[index]!.part === 'validation' && labels[index]!.hoursSinceAdmission === hour,
    ),
  ]);
  return new Map(byHour.filter(([, indices]) => indices.length > 0));
}
