import { describe, expect, it } from '@jest/globals';
import { trainCommand, type TrainOptions } from './command-line.js';
import { trainingCommand } from './release/training-command.js';
import { run } from './run.js';
import { UsageError } from './usage-error.js';

async function parse(...words: string[]): Promise<TrainOptions> {
  let parsed: TrainOptions | undefined;
  const command = trainCommand(async (options) => {
    parsed = options;
  });
  await command
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .parseAsync(words, { from: 'user' });
  return parsed!;
}

describe('the command train', () => {
  it('reads data sets and numbers', async () => {
    const options = await parse('--dataset', 'eicu-demo=/data/e=1', '--dataset', 'challenge-2012=/c', '--epochs', '3');
    expect(options.dataset).toEqual([
      { id: 'eicu-demo', path: '/data/e=1' },
      { id: 'challenge-2012', path: '/c' },
    ]);
    expect(options).toMatchObject({ epochs: 3, preset: 'honest', signals: 'icu-36', resume: false });
  });

  it.each([
    ['--dataset', 'mimic=/x'],
    ['--dataset', 'eicu-demo='],
    ['--dataset', 'recordings=/x'],
    ['--epochs', 'many'],
    ['--learning-rate', '-1'],
    ['--preset', 'fast'],
    ['--nope', '1'],
  ])('refuses %s %s', async (...words) => {
    await expect(parse(...words)).rejects.toMatchObject({ name: 'CommanderError' });
  });

  it('says what to add when there is no data set', async () => {
    const context = { print: () => undefined, nowMs: () => 0, signal: new AbortController().signal };
    await expect(run(await parse(), context)).rejects.toThrow(UsageError);
    await expect(run(await parse(), context)).rejects.toThrow('add --dataset challenge-2012=PATH');
  });

  it('hands parts to the data set that has them, and names them in the command that repeats it', async () => {
    const options = await parse('--dataset', 'eicu=/e', '--dataset', 'challenge-2012=/c', '--part', 'set-a', 'set-c');
    expect(options.dataset).toEqual([
      { id: 'eicu', path: '/e' },
      { id: 'challenge-2012', path: '/c', parts: ['set-a', 'set-c'] },
    ]);
    expect(trainingCommand(options, 'r-1')).toContain('--dataset challenge-2012=PATH --part set-a set-c --preset');
    await expect(parse('--dataset', 'eicu=/e', '--part', 'set-d')).rejects.toThrow(/no part "set-d"/);
  });

  it('is repeated by the command that the model card names', async () => {
    const options = await parse(
      '--dataset',
      'eicu-demo=/e',
      '--sizes',
      'tiny',
      '--teacher-share',
      '0',
      '--epochs',
      '3',
    );
    expect(trainingCommand(options, 'r-1')).toBe(
      'npm run train -- --dataset eicu-demo=PATH --preset honest --signals icu-36 --epochs 3 --teacher-share 0 --sizes tiny --release-id r-1',
    );
  });
});
