import type { EvaluateOptions } from './command-line.js';
import { samplerName } from './sampler/sampler-choice.js';
import { basename } from 'node:path';

/** The command that repeats an evaluation, with PATH for the user's folders; options at their defaults are left out. */
export function evaluationCommand(options: EvaluateOptions): string {
  const listed = (flag: string, values: readonly (string | number)[] | undefined): string[] =>
    values === undefined || values.length === 0 ? [] : [`${flag} ${values.join(',')}`];
  const one = (flag: string, value: string | number | undefined, usual?: string | number): string[] =>
    value === undefined || value === usual ? [] : [`${flag} ${value}`];
  const isFitted = options.bundle === undefined;
  const isOurs = options.form === 'ablation' || options.form === 'embedding';
  return [
    `npm run evaluate -- ${options.form}`,
    ...options.dataset.map(({ id }) => `--dataset ${id}=PATH`),
    ...options.part.map((part) => `--part ${part}`),
    `--preset ${options.preset}`,
    ...one('--bundle', options.bundle && basename(options.bundle)),
    ...one('--mtdm', options.mtdm && basename(options.mtdm)),
    ...one('--split', options.split, isOurs ? 'test' : isFitted ? 'unseen' : undefined),
    ...listed('--methods', options.methods),
    ...listed('--imputers', options.imputers),
    ...(options.form === 'sampler' ? listed('--samplers', options.samplers.map(samplerName)) : []),
    ...(options.form === 'imputation' || options.form === 'sampler'
      ? [...listed('--hidden', options.hidden), ...one('--windows', options.windows, 'day')]
      : isOurs || options.form === 'published-48h'
        ? []
        : listed('--hours', options.hours)),
    ...(options.form === 'embedding' ? listed('--shown', options.shown) : []),
    ...(options.form === 'published-48h' ? [`--folds ${options.folds}`] : []),
    ...one('--sizes', options.sizes, 'serving'),
    ...one('--network-size', options.networkSize, 'default'),
    ...one('--sampler', samplerName(options.sampler), options.form === 'published-48h' ? '8x100' : '4x8'),
    ...listed('--learning-rates', options.learningRates),
    ...one('--hidden-in-training', options.hiddenInTraining),
    ...one('--batch-size', options.batchSize, 64),
    ...one('--pretrain-epochs', options.pretrainEpochs, 0),
    ...one('--signals', options.signals, 'icu-36'),
    ...one('--max-stays', options.maxStays),
    ...one('--resamples', options.resamples, 1000),
    ...one('--random-ends', options.randomEnds, 0),
    ...one('--epochs', options.epochs, 30),
    ...one('--patience', options.patience, 5),
    `--seed ${options.seed}`,
  ].join(' ');
}
