import { DEFAULT_SETTINGS } from '#training';
import { basename } from 'node:path';
import { DEFAULT_DROPOUT, DEFAULT_MEMBERS, type TrainOptions } from '../command-line.js';

/** The command that repeats a training: every option that decides its outcome and differs from the default, PATH for the user's folders. */
export function trainingCommand(options: TrainOptions, releaseId: string): string {
  const numbers: readonly [flag: string, value: number | undefined, usual: number | undefined][] = [
    ['--seed', options.seed, DEFAULT_SETTINGS.seed],
    ['--pretrain-epochs', options.pretrainEpochs, DEFAULT_SETTINGS.pretrainEpochs],
    ['--epochs', options.epochs, undefined],
    ['--patience', options.patience, DEFAULT_SETTINGS.patience],
    ['--batch-size', options.batchSize, DEFAULT_SETTINGS.batchSize],
    ['--learning-rate', options.learningRate, DEFAULT_SETTINGS.learningRate],
    ['--random-ends', options.randomEnds, 6],
    ['--max-stays', options.maxStays, undefined],
    ['--teacher-share', options.teacherShare, DEFAULT_SETTINGS.teacherShare],
    ['--members', options.members, DEFAULT_MEMBERS],
    ['--risk-epochs', options.riskEpochs, DEFAULT_SETTINGS.riskEpochs],
    ['--weight-decay', options.weightDecay, DEFAULT_SETTINGS.weightDecay],
    ['--dropout', options.dropout, DEFAULT_DROPOUT],
  ];
  return [
    'npm run train --',
    ...options.dataset.map(({ id }) => `--dataset ${id}=PATH`),
    ...(options.part === undefined ? [] : [`--part ${options.part.join(' ')}`]),
    ...(options.until === undefined ? [] : [`--until ${new Date(options.until).toISOString()}`]),
    `--preset ${options.preset} --signals ${options.signals}`,
    ...numbers.filter(([, value, usual]) => value !== usual).map(([flag, value]) => `${flag} ${value}`),
    ...(options.sizes === 'serving' ? [] : [`--sizes ${options.sizes}`]),
    ...(options.warmStart === undefined ? [] : [`--warm-start ${basename(options.warmStart)}`]),
    ...(options.freezeImputer ? ['--freeze-imputer'] : []),
    ...(options.freshRisk ? ['--fresh-risk'] : []),
    ...(options.keepRisk ? ['--keep-risk'] : []),
    `--release-id ${releaseId}`,
    ...(options.finish ? ['--finish'] : []),
  ].join(' ');
}
