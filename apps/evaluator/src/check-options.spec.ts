import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { run } from './run.js';
import { testMethods } from './test-methods.js';
import { contextOf, optionsIn } from './test-run.js';

describe('options that do not go together', () => {
  it.each([
    ['measured on what they learn from', ['mortality', '--split', 'train']],
    ['measured on what they learn from', ['mortality', '--split', 'all']],
    ['measured on what they learn from', ['live', '--split', 'all']],
    ['measured on what they learn from', ['live', '--bundle', '/b', '--methods', 'tree-ensemble', '--split', 'train']],
    ['measured on what they learn from', ['imputation', '--split', 'all']],
    ['nothing is fitted by mortality', ['mortality', '--bundle', '/b', '--preset', 'paper']],
    ['nothing is fitted by sampler', ['sampler', '--bundle', '/b', '--preset', 'paper']],
    ['nothing is fitted by fillings', ['fillings', '--bundle', '/b', '--preset', 'paper']],
    ['no rolling windows', ['live', '--preset', 'paper']],
    ['--mtdm: with --bundle nothing is fitted', ['mortality', '--bundle', '/b', '--mtdm', '/b']],
    ['--methods: with --bundle nothing is fitted', ['mortality', '--bundle', '/b', '--methods', 'news2']],
    ['--imputers: with --bundle nothing is fitted', ['mortality', '--bundle', '/b', '--imputers', 'zero']],
  ])('are refused before anything is read: %s', async (sentence, words) => {
    await using folder = await temporaryFolder();
    const options = await optionsIn(folder.path, ...words);
    const refused = run(options, contextOf(testMethods()));
    await expect(refused).rejects.toThrow(sentence);
    await expect(refused).rejects.toMatchObject({ name: 'UsageError' });
  });
});
