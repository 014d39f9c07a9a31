import {
  fitBoostedTrees,
  predictLogits,
  TREE_ENSEMBLE_SETTINGS,
  type BoostingOptions,
  type FeatureMatrix,
} from '#baselines';
import { probabilityOfLogOdds } from '#evaluation';
import { windowStatistics, WINDOW_STATISTICS } from '#windows';
import { createHash } from 'node:crypto';
import type { WindowSource } from '../batches/window-encoder.js';
import { windowAt } from '../windows/recorded-window.js';

/** How the teacher's trees are grown: as the tree ensemble's of the tables, a fixed number of them, since no part is left to stop them by. */
export const TEACHER_SETTINGS: BoostingOptions = { ...TREE_ENSEMBLE_SETTINGS, trees: 550 };

const FOLDS = 5;

/** How a teacher is fitted. */
export interface TeacherOptions {
  readonly seed: number;
  readonly settings?: BoostingOptions;
  /** Told after each fold's fit. */
  readonly onFold?: (fold: number, folds: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * A tree ensemble's opinion of every window, for a network to learn from beside the outcome (distillation: Hinton, Vinyals and Dean 2015).
 *
 * Five folds of training patients: each window is judged by trees that have seen nothing of its patient, or the teacher would only repeat the
 * outcome. Windows of other parts get the mean of the five.
 *
 * @returns [window] probability of death in hospital
 */
export function crossFittedTeacher(encoder: WindowSource, options: TeacherOptions): Float32Array {
  const { labels } = encoder.store;
  const features = featuresOf(encoder);
  const folds = labels.map(({ part, datasetId, patientId }) =>
    part === 'train' ? foldOf(`${datasetId}|${patientId}`) : undefined,
  );
  const logits = new Float32Array(labels.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const known = rowsWhere(folds, (other) => other !== undefined && other !== fold);
    const model = fitBoostedTrees(
      pick(features, known),
      known.map((row) => Number(labels[row]!.died)),
      {
        ...(options.settings ?? TEACHER_SETTINGS),
        seed: options.seed + fold,
        onProgress: () => options.signal?.throwIfAborted(),
      },
    );
    const judged = rowsWhere(folds, (own) => own === fold || own === undefined);
    predictLogits(model, pick(features, judged)).forEach((logit, at) => {
      const row = judged[at]!;
      logits[row]! += folds[row] === undefined ? logit / FOLDS : logit;
    });
    options.onFold?.(fold + 1, FOLDS);
  }
  return logits.map(probabilityOfLogOdds);
}

/** [window, statistics in stored units and static numbers]; NaN where a statistic is undefined. */
function featuresOf(encoder: WindowSource): FeatureMatrix {
  const { store } = encoder;
  const statistics = store.signals.length * WINDOW_STATISTICS.length;
  const rows = store.labels.length;
  const columns = statistics + encoder.encode(0).static.length;
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const window = windowAt(store, row);
    const from = row * columns;
    windowStatistics(window.values, window.mask, store.hours, values.subarray(from, from + statistics));
    values.set(encoder.encode(row).static, from + statistics);
  }
  return { rows, columns, values };
}

function pick({ columns, values }: FeatureMatrix, rows: readonly number[]): FeatureMatrix {
  const picked = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => picked.set(values.subarray(row * columns, (row + 1) * columns), at * columns));
  return { rows: rows.length, columns, values: picked };
}

function rowsWhere(folds: readonly (number | undefined)[], wanted: (fold: number | undefined) => boolean): number[] {
  return [...folds.keys()].filter((row) => wanted(folds[row]));
}

/** Not the hash of the split, so that folds are drawn anew within the training part. */
function foldOf(patient: string): number {
  return createHash('sha256').update(`teacher fold|${patient}`).digest().readUInt32LE(0) % FOLDS;
}
