import { DEFAULT_SETTINGS } from '#training';
import type { TrainOptions } from '../command-line.js';
import { DEFAULT_SIZES } from './released-sizes.js';

/** The command that repeats a training: every option that decides its outcome and differs from the default, PATH for the user's folders. */
export function trainingCommand(options: TrainOptions, releaseId: string): string {
  const numbers: readonly [flag: string, value: number | undefined, usual: number | undefined][] = [
    ['--seed', options.seed, DEFAULT_SETTINGS.seed],
    ['--epochs', options.epochs, undefined],
    ['--patience', options.patience, DEFAULT_SETTINGS.patience],
    ['--batch-size', options.batchSize, DEFAULT_SETTINGS.batchSize],
    ['--learning-rate', options.learningRate, DEFAULT_SETTINGS.learningRate],
    ['--random-ends', options.randomEnds, 6],
    ['--max-stays', options.maxStays, undefined],
    ['--channels', options.channels, DEFAULT_SIZES.channels],
    ['--heads', options.heads, DEFAULT_SIZES.heads],
    ['--encoder-layers', options.encoderLayers, DEFAULT_SIZES.encoderLayers],
    ['--denoiser-layers', options.denoiserLayers, DEFAULT_SIZES.denoiserLayers],
    ['--feed-forward', options.feedForward, DEFAULT_SIZES.feedForward],
  ];
  return [
    'npm run train --',
    ...options.dataset.map(({ id }) => `--dataset ${id}=PATH`),
    ...(options.part === undefined ? [] : [`--part ${options.part.join(' ')}`]),
    `--preset ${options.preset} --signals ${options.signals}`,
    ...numbers.filter(([, value, usual]) => value !== usual).map(([flag, value]) => `${flag} ${value}`),
    `--release-id ${releaseId}`,
    ...(options.finish ? ['--finish'] : []),
  ].join(' ');
}
