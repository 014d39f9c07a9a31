import { describe, expect, it } from '@jest/globals';
import { evaluateCommand, type EvaluateOptions } from './command-line.js';
import { evaluationCommand } from './evaluation-command.js';

/** What the command line makes of words; wrong usage rejects, with what it would print. */
async function parse(...words: string[]): Promise<EvaluateOptions> {
  let parsed: EvaluateOptions | undefined;
  const command = evaluateCommand(async (options) => {
    parsed = options;
  });
  for (const one of [command, ...command.commands])
    one.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await command.parseAsync(words, { from: 'user' });
  return parsed!;
}

describe('the command evaluate', () => {
  it('reads a form, data sets, parts and lists', async () => {
    const options = await parse(
      ...['mortality', '--dataset', 'challenge-2012=/c=1', '--part', 'set-c', '--bundle', '/b', '--hours', '24,36'],
      ...['--methods', 'news2,knn', '--max-stays', '300'],
    );
    expect(options).toMatchObject({
      form: 'mortality',
      dataset: [{ id: 'challenge-2012', path: '/c=1' }],
      part: ['set-c'],
      bundle: '/b',
      hours: [24, 36],
      methods: ['news2', 'knn'],
      maxStays: 300,
      split: 'unseen',
      preset: 'honest',
    });
  });

  it('has the defaults of each form', async () => {
    expect(await parse('imputation')).toMatchObject({ out: '.vigil/evaluation/imputation', windows: 'day', seed: 7 });
    expect((await parse('imputation')).hidden).toHaveLength(8);
    expect((await parse('live')).hours).toHaveLength(16);
    expect((await parse('mortality')).hours).toEqual([24, 48]);
    const sampler = await parse('sampler', '--bundle', '/b');
    expect(sampler).toMatchObject({ hidden: ['10', '50'], split: 'unseen', out: '.vigil/evaluation/sampler' });
    expect(sampler.samplers).toHaveLength(7);
    expect(await parse('published-48h')).toMatchObject({ folds: 1, sampler: { steps: 8, samples: 100 } });
    expect((await parse('published-48h')).methods).toContain('tree-ensemble');
    expect(await parse('imputation', '--learning-rates', '1e-3,3e-3', '--hidden-in-training', '0.95')).toMatchObject({
      learningRates: [0.001, 0.003],
      hiddenInTraining: 0.95,
      sampler: { steps: 4, samples: 8 },
      networkSize: 'default',
    });
    expect((await parse('fillings', '--bundle', '/b')).hours).toEqual([24, 48]);
  });

  it('takes a value that is named twice once', async () => {
    expect((await parse('mortality', '--hours', '24,36,24')).hours).toEqual([24, 36]);
    expect((await parse('imputation', '--hidden', '10,10')).hidden).toEqual(['10']);
    expect((await parse('imputation', '--learning-rates', '1e-3,0.001')).learningRates).toEqual([0.001]);
  });

  it.each([
    ['expected one of', ['mortality', '--dataset', 'mimic=/x']],
    ['expected one of', ['mortality', '--dataset', 'challenge-2012=']],
    ['expected some of 10, 30', ['imputation', '--hidden', '20']],
    ['expected a whole number from 1', ['mortality', '--hours', '24,x']],
    ['expected a whole number from 1', ['mortality', '--hours', '0']],
    ['expected a whole number from 10', ['mortality', '--resamples', '3']],
    ['expected a whole number from 1 to 48', ['mortality', '--hours', '24,72']],
    ['expected a whole number from 1 to 48', ['live', '--hours', '50']],
    ['eicu-demo is named twice', ['mortality', '--dataset', 'eicu-demo=/a', '--dataset', 'eicu-demo=/b']],
    // of no effect on what these train, so a table must not say that they were asked for
    ['unknown option', ['ablation', '--learning-rates', '3e-3']],
    ['unknown option', ['ablation', '--network-size', 'tiny']],
    ['unknown option', ['embedding', '--sampler', '4x8']],
    ['unknown option', ['embedding', '--epochs', '3']],
    ['unknown option', ['embedding', '--methods', 'multi-task']],
    ['expected names with commas', ['imputation', '--methods', 'knn,']],
    ['Allowed choices are unseen', ['mortality', '--split', 'half']],
    ['unknown option', ['mortality', '--hidden', '10']],
    ['expected steps x samples', ['sampler', '--bundle', '/b', '--samplers', '4x19,0x8']],
    ['expected steps x samples', ['sampler', '--bundle', '/b', '--samplers', '4x1001']],
    ['expected rates above 0', ['imputation', '--learning-rates', '1e-3,0']],
    ['expected a share from 0.1', ['imputation', '--hidden-in-training', '95']],
    ['expected a whole number from 1', ['published-48h', '--folds', '0']],
    ["required option '--bundle", ['sampler']],
    ["required option '--bundle", ['fillings']],
    ['unknown command', ['nope']],
  ])('refuses wrong usage: %s', async (sentence, words) => {
    await expect(parse(...words)).rejects.toThrow(sentence);
  });

  it('repeats itself without the folders of this machine', async () => {
    const words = ['imputation', '--dataset', 'eicu-demo=/data/e', '--bundle', '/data/b/icu-36-x', '--hidden', '10'];
    expect(evaluationCommand(await parse(...words, '--max-stays', '9'))).toBe(
      'npm run evaluate -- imputation --dataset eicu-demo=PATH --preset honest --bundle icu-36-x --split unseen --hidden 10 --max-stays 9 --seed 7',
    );
    const published = ['published-48h', '--dataset', 'challenge-2012=/c', '--imputers', 'none', '--methods', 'saps-i'];
    expect(evaluationCommand(await parse(...published, '--learning-rates', '1e-3'))).toBe(
      'npm run evaluate -- published-48h --dataset challenge-2012=PATH --preset honest --methods saps-i --imputers none --folds 1 --learning-rates 0.001 --seed 7',
    );
    const other = ['sampler', '--dataset', 'eicu-demo=/e', '--bundle', '/b', '--samplers', '4x8,50x19,4x8'];
    expect(evaluationCommand(await parse(...other))).toBe(
      'npm run evaluate -- sampler --dataset eicu-demo=PATH --preset honest --bundle b --split unseen --samplers 4x8,50x19 --hidden 10,50 --seed 7',
    );
  });
});
