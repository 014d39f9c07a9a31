import { digestOfJson } from '../cells/cell-store.js';
import type { EvaluationData } from '../data/collect-data.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import type { ImputationTask } from '../imputation/impute-cell.js';
import type { FitTask } from '../mortality/fit-task.js';
import { foldOf } from './folds.js';
import { plainScales } from './plain-scales.js';

/** Values beyond this many standard deviations are cut off for predictors; imputation is measured on all, as published. */
const PREDICTOR_LIMIT = 6;

/**
 * Imputation in one fold. As in the published code, the scales are those of all windows, measured ones included, nothing is cut off, and no
 * method sees age, sex or any other descriptor.
 *
 * @param fold from 0
 */
export function imputationOfFold(
  data: EvaluationData,
  fold: number,
  seed: number,
  methods: readonly string[],
): ImputationTask {
  const labels = data.store.labels.map((label) => ({ ...label, static: {} }));
  return {
    data: { ...data, id: `${data.id} set-a, fold ${fold + 1}` },
    store: { ...data.store, labels },
    scales: plainScales(data.store, [...labels.keys()], Infinity),
    ...foldOf(labels.length, fold, seed),
    methods,
    hidings: ['10'],
    bundle: undefined,
  };
}

/** Death in hospital in the same fold: scales of its training windows alone, descriptors known. @param fold from 0 */
export function mortalityOfFold(data: EvaluationData, fold: number, seed: number): FitTask {
  const { store } = data;
  const sides = foldOf(store.labels.length, fold, seed);
  const scales = plainScales(store, sides.training, PREDICTOR_LIMIT);
  return {
    data: { ...data, id: `${data.id} set-a, fold ${fold + 1}` },
    store,
    wide: store,
    scales,
    hour: store.hours,
    ...sides,
    decides: {
      protocol: 'published-48h',
      scales: digestOfJson(scales),
      windows: [sides.training, sides.validation, sides.measured].map((side) => digestOfWindows(store, side)),
      seed,
    },
  };
}
