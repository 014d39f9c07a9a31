import { describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { testMethods } from '../test-methods.js';
import { contextOf, optionsIn, readTable, tableOf } from '../test-run.js';
import { run } from '../run.js';

describe('sampler', () => {
  it('measures samplers on the same entries, the served one always among them', async () => {
    await using folder = await temporaryFolder();
    await using release = await untrainedRelease();
    await writeMadeUpChallenge(folder.path, 12);
    const common = ['--dataset', `challenge-2012=${folder.path}`, '--bundle', release.path];
    const words = ['sampler', ...common, '--samplers', '3x6,1x4', '--hidden', '10,50'];
    let now = 0;
    const ticking = { ...contextOf(testMethods()), nowMs: () => (now += 24) };
    await run(await optionsIn(folder.path, ...words), ticking);
    const picture = await readFile(join(folder.path, 'out/sampler-challenge-2012.svg'), 'utf8');
    expect(picture).toContain('>2x4 served</text>');

    const rows = await readTable(folder.path, 'sampler-challenge-2012');
    expect(rows.map((row) => [row['hidden'], row['steps_x_samples'], row['served']])).toEqual(
      ['10 % of points', '50 % of points'].flatMap((hidden) => [
        [hidden, '3x6', ''],
        [hidden, '1x4', ''],
        [hidden, '2x4', 'served'],
      ]),
    );
    for (const own of [rows.slice(0, 3), rows.slice(3)]) {
      // The center is no draw: it does not depend on the sampler, the spread does.
      for (const name of ['entries', 'rmse', 'mae']) expect(new Set(own.map((row) => row[name])).size).toBe(1);
      expect(new Set(own.map(({ crps }) => crps)).size).toBe(3);
      const ratios = own.map(({ crps }) => String(Number(crps) / Number(own[0]!['crps'])));
      expect(own.map((row) => row['crps_ratio'])).toEqual(ratios);
      // One interval between two ticks of the clock, over twelve windows.
      expect(own.map((row) => row['ms_a_window'])).toEqual(['2', '2', '2']);
    }
    const notes = await readFile(join(folder.path, 'out/sampler-challenge-2012.md'), 'utf8');
    const kept = ['3x6', '1x4', '2x4'].filter((_, at) =>
      [rows[at]!, rows[at + 3]!].every((row) => Number(row['crps_ratio']) <= 1.02),
    );
    expect(notes).toContain(`Within 2 % of the CRPS of 3x6 at every way of hiding: ${kept.join(', ')}.`);
    expect(await readdir(join(folder.path, 'out'))).toContain('sampler-predictions-challenge-2012.parquet');

    // As it is served, the imputer is the row of the form `imputation`.
    const imputation = ['imputation', ...common, '--methods', 'mtdm', '--hidden', '50'];
    const [served] = await tableOf(folder.path, testMethods(), 'imputation-challenge-2012', ...imputation);
    const { crps, within_90_percent, rmse, entries } = rows[5]!;
    expect(served).toMatchObject({ method: 'mtdm', crps, within_90_percent, rmse, entries });
  });
});
