import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { testMethods, type ShownFit } from '../test-methods.js';
import { contextOf, optionsIn, tableOf } from '../test-run.js';
import { run } from '../run.js';

describe('mortality without --bundle', () => {
  let challenge: Awaited<ReturnType<typeof temporaryFolder>>;
  const common = (): string[] => ['--dataset', `challenge-2012=${challenge.path}`, '--hours', '24'];

  beforeAll(async () => {
    challenge = await temporaryFolder();
    await writeMadeUpChallenge(challenge.path, 60);
  });
  afterAll(async () => {
    await challenge[Symbol.asyncDispose]();
  });

  it('fits predictors after imputers on the training part and measures them on the test part', async () => {
    await using folder = await temporaryFolder();
    const shown: ShownFit[] = [];
    const rows = await tableOf(folder.path, testMethods(shown), 'mortality-challenge-2012', 'mortality', ...common());
    const area = Object.fromEntries(rows.map(({ method, auroc }) => [method, Number(auroc)]));
    // The heart rate tells deaths apart; a constant tells nothing.
    expect(area).toMatchObject({ 'first-signal + zero': 1, 'first-signal + locf': 1, 'tree-ensemble': 1 });
    expect(area).toMatchObject({ 'constant + zero': 0.5, 'constant + locf': 0.5 });
    expect(rows.map(({ method }) => method).slice(0, 2)).toEqual(['saps-i', 'news2']);
    const measured = Number(rows.at(-1)!['windows']);
    for (const { training, validation, sameSides } of shown) {
      expect(training + validation + measured).toBe(60);
      expect(sameSides).toBe(false);
    }
    expect(shown).toHaveLength(3);
    const matrix = await readFile(join(folder.path, 'out/mortality-auroc-challenge-2012-24h.md'), 'utf8');
    expect(matrix).toMatch(/^\| predictor \| none \| zero \| locf \|$/m);
    expect(matrix).toMatch(/^\| first-signal \| – \| 1\.000 .* \| 1\.000 .* \|$/m);
    expect(matrix).toMatch(/^\| tree-ensemble \| 1\.000 .* \| – \| – \|$/m);
    expect(matrix).toContain('Siamese + MTDM .920 / .910 / .930');
  });

  it('repeats the published recipe: nothing but the two sides of its own split, and no early stop', async () => {
    await using folder = await temporaryFolder();
    const shown: ShownFit[] = [];
    const words = ['mortality', ...common(), '--preset', 'paper', '--methods', 'first-signal', '--imputers', 'zero'];
    const rows = await tableOf(folder.path, testMethods(shown), 'mortality-challenge-2012', ...words);
    expect(shown).toMatchObject([{ sameSides: true }]);
    const measured = Number(rows[0]!['windows']);
    expect(measured).toBe(Math.round((shown[0]!.training + measured) * 0.2));
  });

  it('fits nothing twice: what an imputer filled and what a predictor said are cells', async () => {
    await using folder = await temporaryFolder();
    const words = ['mortality', ...common(), '--methods', 'first-signal', '--imputers', 'zero,locf'];
    const first: ShownFit[] = [];
    await run(await optionsIn(folder.path, ...words), contextOf(testMethods(first)));
    const again: ShownFit[] = [];
    const printed: string[] = [];
    await run(await optionsIn(folder.path, ...words), contextOf(testMethods(again), printed));
    expect([first.length, again.length]).toEqual([2, 0]);
    expect(printed.filter((line) => /^(fill|fit|measure): /.test(line))).toEqual([]);
    // One more predictor takes the filled windows that are there.
    const more = await optionsIn(folder.path, ...words.slice(0, -4), '--methods', 'first-signal,constant');
    await run(more, contextOf(testMethods(again), printed));
    expect(printed.filter((line) => line.startsWith('fill: '))).toEqual([]);
    expect(printed.filter((line) => line.startsWith('fit: '))).toHaveLength(2);
    const kinds = (await readdir(join(folder.path, 'out/cells'))).map((name) => name.split('-')[0]);
    expect(kinds.filter((kind) => kind === 'fill')).toHaveLength(2);
  });

  it('gives a bundle a column as imputer and a row of its own', async () => {
    await using folder = await temporaryFolder();
    await using release = await untrainedRelease();
    const words = ['mortality', ...common(), '--methods', 'constant', '--imputers', 'mtdm', '--mtdm', release.path];
    const rows = await tableOf(folder.path, testMethods(), 'mortality-challenge-2012', ...words);
    expect(rows.map(({ method }) => method)).toEqual(['constant + mtdm', 'untrained-spec']);
  });

  it.each([
    ['honest', /learned its weights from 0, was stopped and calibrated by 0, and never saw \d+\./],
    // The recipe splits anew, among stays that this bundle was trained on: none of them is unseen.
    [
      'paper',
      /learned its weights from [1-9]\d*, was stopped and calibrated by \d+, and never saw 0\. Figures on stays that were seen flatter\./,
    ],
  ])('says below every table what a bundle saw of the stays it is measured on: %s', async (preset, sentence) => {
    await using folder = await temporaryFolder();
    await using release = await untrainedRelease();
    await claimTraining(release.path);
    const words = ['mortality', ...common(), '--methods', 'constant', '--imputers', 'mtdm', '--mtdm', release.path];
    await run(await optionsIn(folder.path, ...words, '--preset', preset), contextOf(testMethods()));
    for (const table of ['mortality-challenge-2012', 'mortality-auroc-challenge-2012-24h'])
      expect(await readFile(join(folder.path, `out/${table}.md`), 'utf8')).toMatch(sentence);
    const imputation = ['imputation', ...common().slice(0, 2), '--methods', 'mtdm,zero', '--hidden', '10'];
    await run(
      await optionsIn(folder.path, ...imputation, '--bundle', release.path, '--preset', preset),
      contextOf(testMethods()),
    );
    expect(await readFile(join(folder.path, 'out/imputation-challenge-2012.md'), 'utf8')).toMatch(sentence);
  });

  it('says of each hour what was learned from and measured on', async () => {
    await using folder = await temporaryFolder();
    const words = [
      'mortality',
      ...common().slice(0, 2),
      '--hours',
      '24,47',
      '--methods',
      'constant',
      '--imputers',
      'zero',
    ];
    await run(await optionsIn(folder.path, ...words), contextOf(testMethods()));
    const table = await readFile(join(folder.path, 'out/mortality-challenge-2012.md'), 'utf8');
    expect(table).toMatch(/At 24 h: fitted on \d+ windows, stopped by \d+, measured on \d+\. At 47 h: fitted on \d+/);
  });
});

/** Lets a release say that it was trained on set a of Challenge 2012. */
async function claimTraining(path: string): Promise<void> {
  const file = join(path, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const dataset = { id: 'challenge-2012', parts: ['set-a'], stays: 51, deaths: 17, licence: 'none' };
  const training = { preset: 'honest', command: 'spec', seed: 1, epochs: 1, datasets: [dataset], wallMinutes: 1 };
  await writeFile(file, JSON.stringify({ ...manifest, training: { ...training, dataDigest: '0'.repeat(64) } }));
}
