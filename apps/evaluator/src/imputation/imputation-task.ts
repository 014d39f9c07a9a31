import { SIGNAL_SETS } from '#clinical';
import type { ReleaseManifest } from '#model';
import { seenInTraining } from '#reporting';
import { applyPreset, fitScales, withoutComputed } from '#training';
import type { EvaluationData } from '../data/collect-data.js';
import { BUNDLE_METHOD } from '../fits/bundle-imputer.js';
import { selectSignals } from '../data/select-signals.js';
import { UsageError } from '../run-context.js';
import type { Session } from '../session.js';
import type { ImputationTask } from './impute-cell.js';

/**
 * Which windows of a data set methods learn from, and which they are measured on. What the data set computed from another signal is in none of them.
 *
 * The scales are the bundle's where there is one, else those of the training part. What is fitted here is measured on the test part, or
 * with --split validation on the validation part while methods are still being chosen (the `paper` preset: on its fifth of the balanced
 * windows). A bundle alone is measured on all that its training never saw, unless --split says otherwise.
 *
 * @throws UsageError when there is nothing to learn from, or no window is left to measure on
 */
export function imputationTask(
  { options }: Session,
  data: EvaluationData,
  methods: readonly string[],
  bundle: ReleaseManifest | undefined,
  engine?: string,
): ImputationTask {
  const signals = bundle?.signals ?? SIGNAL_SETS[options.signals];
  const store = withoutComputed(applyPreset(selectSignals(data.store, signals), options.preset, options.seed));
  const isFitted = methods.some((id) => id !== BUNDLE_METHOD);
  const training = indicesOf(store.labels, ({ part }) => part === 'train');
  const validation = indicesOf(store.labels, ({ part }) => part === 'validation');
  const measured = indicesOf(store.labels, (label) => {
    if (options.preset === 'paper') return label.part === 'validation';
    if (isFitted) return label.part === (options.split === 'validation' ? 'validation' : 'test');
    if (options.split === 'all') return true;
    return options.split === 'unseen'
      ? seenInTraining(label, bundle?.training) === 'unseen'
      : label.part === options.split;
  });
  if (isFitted && (training.length === 0 || validation.length === 0))
    throw new UsageError(
      `${data.id}: ${training.length} windows to learn from and ${validation.length} to stop by; each needs some, so read more stays, or measure a bundle alone with --methods ${BUNDLE_METHOD}`,
    );
  if (measured.length === 0)
    throw new UsageError(
      `${data.id}: no window is left to measure on; read more stays (--max-stays), or choose others with --split`,
    );
  return {
    data,
    store,
    scales: bundle === undefined ? fitScales(store) : { signals: bundle.normaliser, static: bundle.staticScales },
    training,
    // Without a validation part, training windows stand in: a fit must not look at what it is measured on.
    validation: options.preset === 'paper' ? training : validation,
    measured,
    methods,
    hidings: options.hidden,
    bundle,
    ...(engine === undefined ? {} : { engine }),
  };
}

function indicesOf<Label>(labels: readonly Label[], wanted: (label: Label) => boolean): number[] {
  return [...labels.keys()].filter((index) => wanted(labels[index]!));
}
