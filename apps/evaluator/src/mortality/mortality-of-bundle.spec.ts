import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import { untrainedRelease } from '../../../../test/support/untrained-release.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import type { EvaluateOptions } from '../command-line.js';
import { everyMethod } from '../test-methods.js';
import { contextOf, optionsIn } from '../test-run.js';
import { UsageError } from '../run-context.js';
import { run } from '../run.js';

let release: Awaited<ReturnType<typeof untrainedRelease>>;
beforeAll(async () => {
  release = await untrainedRelease();
});
afterAll(async () => {
  await release[Symbol.asyncDispose]();
});

/** Options of a form on the recordings with the release of this spec. */
function optionsOf(folder: string, form: string, ...words: string[]): Promise<EvaluateOptions> {
  return optionsIn(folder, form, '--bundle', release.path, '--dataset', 'recordings=test/recordings', ...words);
}

async function cellsOf(out: string): Promise<string[]> {
  return (await readdir(join(out, 'out/cells'))).sort();
}

describe('mortality --bundle', () => {
  it('writes tables, pictures, predictions and a manifest from recorded stays, and computes nothing twice', async () => {
    await using folder = await temporaryFolder();
    const options = await optionsOf(folder.path, 'mortality', '--hours', '24');
    await run(options, contextOf(everyMethod()));
    const table = await readFile(join(folder.path, 'out/mortality-recordings.md'), 'utf8');
    // Twelve recordings; five of them died.
    expect(table).toMatch(/^\| 24 h \| untrained-spec \| 12 \| 5 \| /m);
    expect(table).toMatch(/^\| 24 h \| news2 \| 12 \| 5 \| .* \| – \| – \| – \| /m);
    expect(table).toContain('never saw 12');
    expect(table).toContain('its weights are random');
    expect(table).toContain('Research software, not a medical device.');
    const manifest = JSON.parse(await readFile(join(folder.path, 'out/manifest.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest).toMatchObject({
      form: 'mortality',
      seeds: { evaluation: 7 },
      data: [{ id: 'recordings', stays: 12, windows: 12, deaths: 5 }],
      code: { version: '0.0.0-spec' },
      machine: { engine: 'onnx-cpu', cpu: 'spec' },
      bundle: { stage: 'untrained' },
    });
    expect(manifest['command']).toContain('npm run evaluate -- mortality --dataset recordings=PATH');
    expect(await readdir(join(folder.path, 'out'))).toEqual(expect.arrayContaining(manifest['files'] as string[]));
    expect(manifest['files']).toEqual(
      expect.arrayContaining([
        'roc-recordings-24h.svg',
        'mortality-groups-recordings.csv',
        'mortality-predictions.parquet',
      ]),
    );

    const before = await cellsOf(folder.path);
    const printed: string[] = [];
    await run(options, contextOf(everyMethod(), printed));
    expect(await cellsOf(folder.path)).toEqual(before);
    expect(printed.filter((line) => /^(score|measure): /.test(line))).toEqual([]);
    expect(await readFile(join(folder.path, 'out/mortality-recordings.md'), 'utf8')).toBe(table);

    // Another hour beside it: only that hour is scored, though other windows were read.
    await run(await optionsOf(folder.path, 'mortality', '--hours', '24,36'), contextOf(everyMethod(), printed));
    const scored = printed.filter((line) => line.startsWith('score: '));
    expect(scored).toHaveLength(1);
    expect(scored[0]).toContain('recordings at 36 h');
  });

  it('keeps what was done before a stop, and goes on from there', async () => {
    await using folder = await temporaryFolder();
    const abort = new AbortController();
    const context = contextOf(everyMethod(), [], abort.signal);
    const stopping = {
      ...context,
      print: (line: string) => line.startsWith('score: ') && abort.abort(new Error('stopped')),
    };
    const options = await optionsOf(folder.path, 'mortality', '--hours', '24,36');
    await expect(run(options, stopping)).rejects.toThrow('stopped');
    const kept = await cellsOf(folder.path);
    expect(kept).toHaveLength(1);
    const printed: string[] = [];
    await run(options, contextOf(everyMethod(), printed));
    expect(printed.filter((line) => line.startsWith('score: '))).toHaveLength(1);
    expect(await cellsOf(folder.path)).toEqual(expect.arrayContaining(kept));
  });

  it('says what to do when a part is asked of data without parts', async () => {
    await using folder = await temporaryFolder();
    const options = await optionsOf(folder.path, 'mortality', '--part', 'set-c');
    const asked = run(options, contextOf(everyMethod()));
    await expect(asked).rejects.toBeInstanceOf(UsageError);
    await expect(asked).rejects.toThrow(
      'The part "set-c" is of challenge-2012, which is not read here. Name that data set, too, or leave the part out.',
    );
  });
});

describe('forms of a bundle without a window to measure on', () => {
  it.each(['mortality', 'live', 'fillings'])('%s says so instead of writing tables without rows', async (form) => {
    await using folder = await temporaryFolder();
    await using data = await temporaryFolder();
    const refused: string[] = [];
    // One stay only, and it is in one part of the split.
    await writeMadeUpChallenge(data.path, 1);
    for (const split of ['train', 'validation', 'test']) {
      const words = ['--dataset', `challenge-2012=${data.path}`, '--bundle', release.path, '--split', split];
      const running = run(await optionsIn(folder.path, form, ...words, '--hours', '24'), contextOf(everyMethod()));
      await running.catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'UsageError' });
        expect(String(error)).toContain(`no window of the stays chosen by --split ${split} ends at 24 hours`);
        refused.push(split);
      });
    }
    expect(refused).toHaveLength(2);
  });
});

describe('imputation --bundle', () => {
  it('holds the imputer of a bundle against the methods asked for, on the same hidden entries', async () => {
    await using folder = await temporaryFolder();
    const hidden = ['--hidden', '50,laboratory', '--methods', 'mtdm'];
    await run(await optionsOf(folder.path, 'imputation', ...hidden), contextOf(everyMethod()));
    const rows = (await readFile(join(folder.path, 'out/imputation-recordings.csv'), 'utf8')).trim().split('\n');
    expect(rows).toHaveLength(3);
    const columns = rows[0]!.split(',');
    const figures = rows
      .slice(1)
      .map((row) => Object.fromEntries(row.split(',').map((field, at) => [columns[at], field])));
    expect(figures.map(({ hidden: name }) => name)).toEqual(['50 % of points', 'half of the laboratory values']);
    for (const { entries, rmse, mae, within_90_percent } of figures) {
      expect(Number(entries)).toBeGreaterThan(50);
      expect(Number(rmse)).toBeGreaterThanOrEqual(Number(mae));
      expect(within_90_percent).toMatch(/^\d/);
    }
    const notes = await readFile(join(folder.path, 'out/imputation-recordings.md'), 'utf8');
    expect(notes).toContain('Measured on 12 windows of 12 stays, 11 signals; nothing was fitted.');
    // The release draws four: three in five lie between the least and the greatest of them.
    expect(notes).toContain('Of 4 samples the 90 % interval ends at the least and the greatest, which hold 60.0 %');
    const manifest = JSON.parse(await readFile(join(folder.path, 'out/manifest.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(Object.keys(manifest['hiddenEntries'] as object)).toEqual(['recordings, 50', 'recordings, laboratory']);
  });

  it('names the methods that are there when one is not', async () => {
    await using folder = await temporaryFolder();
    const options = await optionsOf(folder.path, 'imputation', '--methods', 'magic');
    await expect(run(options, contextOf(everyMethod()))).rejects.toThrow(
      /--methods magic: not among the methods here, which are zero/,
    );
  });
});
