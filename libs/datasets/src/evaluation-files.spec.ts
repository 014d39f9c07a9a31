import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { describeSplit } from './describe-split.js';
import { readEvaluationFile, writeEvaluationFile, type EvaluationFile } from './evaluation-files.js';

const FILE: EvaluationFile = {
  version: 1,
  dataset: 'challenge-2012',
  parts: ['set-a'],
  split: describeSplit(['challenge-2012/1', 'challenge-2012/2']),
  hidden: [{ seed: 7, pattern: 'points', rate: 0.1, count: 1234, digest: 'a'.repeat(64) }],
};

describe('the file of split and hidden entries', () => {
  it('is read as it was written', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'split.json');
    await writeEvaluationFile(path, FILE);
    expect(await readEvaluationFile(path)).toEqual(FILE);
  });

  it('says which field is wrong, before anything is written', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'split.json');
    const wrong = { ...FILE, split: { ...FILE.split, digest: 'abc' } };
    await expect(writeEvaluationFile(path, wrong)).rejects.toThrow(/split\.json: split\.digest: .*SHA-256/);
    await writeFile(path, 'no json');
    await expect(readEvaluationFile(path)).rejects.toThrow(/is not JSON/);
  });
});
