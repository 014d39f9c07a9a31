import { SIGNAL_SETS } from '#clinical';
import type { SplitPart } from '#datasets';
import type { ReleaseManifest } from '#model';
import { applyPreset, fitScales, REPORTED_END_HOURS, type FittedScales, type WindowStore } from '#training';
import { digestOfJson } from '../cells/cell-store.js';
import type { EvaluateOptions } from '../command-line.js';
import type { EvaluationData } from '../data/collect-data.js';
import { digestOfWindows } from '../data/digest-of-windows.js';
import { selectSignals } from '../data/select-signals.js';
import { UsageError } from '../run-context.js';

/** What predictors of one hour learn from, and what they are measured on. */
export interface FitTask {
  readonly data: EvaluationData;
  /** The windows with the signals that are compared; indices of the scored windows refer to it. */
  readonly store: WindowStore;
  /** The same windows with every signal, for the scores of the bedside. */
  readonly wide: WindowStore;
  readonly scales: FittedScales;
  readonly hour: number;
  readonly training: readonly number[];
  readonly validation: readonly number[];
  readonly measured: readonly number[];
  /** Everything of the task that decides a fit, as JSON. */
  readonly decides: Readonly<Record<string, unknown>>;
}

/** End of the windows of the published recipe. */
const PAPER_HOUR = 24;

/** Parts of the split that fits read: no test part while methods are still being chosen, nor in the published recipe. */
export function partsOfFits({ preset, split }: EvaluateOptions): readonly SplitPart[] {
  return preset === 'paper' || split === 'validation' ? ['train', 'validation'] : ['train', 'validation', 'test'];
}

/** Hours of the tables: the published recipe knows the first day only. */
export function hoursOfFits({ preset, hours }: EvaluateOptions): readonly number[] {
  return preset === 'paper' ? [PAPER_HOUR] : hours;
}

/**
 * Splits the windows of one hour.
 *
 * `honest`: fitted on the training part (windows of this hour, and those of random hours where they were cut), stopped by the validation
 * part, measured on the test part, or with --split validation on the validation part. `paper`: fitted and measured on the two sides of the
 * recipe's own split; nothing stops a fit early, so training windows stand in for validation.
 *
 * @throws UsageError when a side has no windows
 */
export function fitTask(
  options: EvaluateOptions,
  data: EvaluationData,
  hour: number,
  bundle: ReleaseManifest | undefined,
): FitTask {
  const { preset, seed, split } = options;
  const signals = bundle?.signals ?? SIGNAL_SETS[options.signals];
  const wide = applyPreset(data.store, preset, seed);
  const store = selectSignals(wide, signals);
  const indices = [...store.labels.keys()];
  const isOf = (index: number, part: SplitPart): boolean =>
    store.labels[index]!.part === part && store.labels[index]!.hoursSinceAdmission === hour;
  const isRandom = (index: number): boolean =>
    store.labels[index]!.part === 'train' && !isFixed(store.labels[index]!.hoursSinceAdmission, options);
  const training = indices.filter((index) => isOf(index, 'train') || isRandom(index));
  const validation = preset === 'paper' ? training : indices.filter((index) => isOf(index, 'validation'));
  const measuredPart = preset === 'paper' || split === 'validation' ? 'validation' : 'test';
  const measured = indices.filter((index) => isOf(index, measuredPart));
  if (training.length === 0 || validation.length === 0 || measured.length === 0)
    throw new UsageError(
      `${data.id} at ${hour} h: ${training.length} windows to learn from, ${validation.length} to stop by and ${measured.length} to measure on; each needs some, so read more stays`,
    );
  const scales: FittedScales =
    bundle === undefined ? fitScales(store) : { signals: bundle.normaliser, static: bundle.staticScales };
  const decides = {
    preset,
    signals,
    hour,
    scales: digestOfJson(scales),
    windows: [training, validation, measured].map((side) => digestOfWindows(store, side)),
    seed,
  };
  return { data, store, wide, scales, hour, training, validation, measured, decides };
}

function isFixed(hour: number, { hours }: EvaluateOptions): boolean {
  return hours.includes(hour) || REPORTED_END_HOURS.includes(hour);
}
