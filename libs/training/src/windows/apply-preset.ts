import { randomOf } from '../batches/epoch-plan.js';
import type { WindowLabel, WindowStore } from './recorded-window.js';
import { repairOutliers } from './repair-outliers.js';

/** End of the only window of the published recipe. */
const PAPER_END_HOURS = 24;
const PAPER_TRAINING_SHARE = 0.8;

/**
 * The windows that a preset learns from.
 *
 * `honest` takes them as they are: split by patient, as frequent as death was. `paper` repeats the published recipe, warts and all: only
 * the first 24 hours, survivors undersampled to the number of deaths, values outside of 1.5 interquartile ranges replaced by the
 * nearest within (over all windows, so validation reaches training), and only then an 80/20 split. It never sees the test part either.
 * Stays whose outcome is not known are neither deaths nor survivors.
 */
export function applyPreset(store: WindowStore, preset: 'honest' | 'paper', seed: number): WindowStore {
  if (preset === 'honest') return store;
  const firstDay = [...store.labels.keys()].filter(
    (index) => store.labels[index]!.hoursSinceAdmission === PAPER_END_HOURS,
  );
  const random = randomOf(`${seed}|paper preset`);
  const byDraw = firstDay.map((index) => ({ index, draw: random() })).sort((a, b) => a.draw - b.draw);
  const deaths = byDraw.filter(({ index }) => store.labels[index]!.died);
  const survivors = byDraw
    .filter(({ index }) => !store.labels[index]!.died && store.labels[index]!.outcomeUnknown !== true)
    .slice(0, deaths.length);
  const balanced = [...deaths, ...survivors]
    .map(({ index }) => ({ index, draw: random() }))
    .sort((a, b) => a.draw - b.draw);
  const trainingCount = Math.round(PAPER_TRAINING_SHARE * balanced.length);
  const labels = balanced.map(({ index }, row): WindowLabel => ({
    ...store.labels[index]!,
    part: row < trainingCount ? 'train' : 'validation',
  }));
  const size = store.signals.length * store.hours;
  const values = new Float32Array(labels.length * size);
  balanced.forEach(({ index }, row) => values.set(store.values.subarray(index * size, (index + 1) * size), row * size));
  return { ...store, labels, values: repairOutliers(values, store.signals.length, store.hours) };
}
