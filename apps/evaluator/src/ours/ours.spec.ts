import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeUpChallenge } from '../../../../test/support/made-up-challenge.js';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { run } from '../run.js';
import { testMethods } from '../test-methods.js';
import { contextOf, optionsIn, tableOf } from '../test-run.js';

// Fewer training stays than a batch has windows: they make one smaller batch, else nothing would be learned.
const SMALL = ['--sizes', 'tiny', '--batch-size', '64', '--signals', 'paper-11', '--engine', 'wasm'];

describe('forms that train our networks', () => {
  let challenge: Awaited<ReturnType<typeof temporaryFolder>>;
  const words = (form: string): string[] => [form, '--dataset', `challenge-2012=${challenge.path}`, ...SMALL];

  beforeAll(async () => {
    challenge = await temporaryFolder();
    await writeMadeUpChallenge(challenge.path, 60);
  });
  afterAll(async () => {
    await challenge[Symbol.asyncDispose]();
  });

  it('ablation trains each variant once and measures them on the same windows', async () => {
    await using folder = await temporaryFolder();
    const rows = await tableOf(
      folder.path,
      testMethods(),
      'ablation-challenge-2012',
      ...words('ablation'),
      '--epochs',
      '1',
    );
    expect(rows.map(({ training }) => training)).toEqual(['single-task', 'multi-task', 'multi-task-siamese']);
    expect(new Set(rows.map(({ windows }) => windows)).size).toBe(1);
    // Equal starts and batches: only the losses differ, and they make a difference.
    expect(new Set(rows.map(({ brier }) => brier)).size).toBe(3);
    const left = await readdir(join(folder.path, 'out/cells'));
    expect(left.filter((name) => name.endsWith('.checkpoint'))).toEqual([]);
  });

  it('embedding keeps each epoch asked for, and goes on after a stop', async () => {
    await using folder = await temporaryFolder();
    const options = await optionsIn(folder.path, ...words('embedding'), '--shown', '0,1,2', '--split', 'validation');
    const abort = new AbortController();
    const stopping = {
      ...contextOf(testMethods(), [], abort.signal),
      print: (line: string) => line.includes('epoch 1 of 2') && abort.abort(new Error('stopped')),
    };
    await expect(run(options, stopping)).rejects.toThrow('stopped');
    const printed: string[] = [];
    await run(options, contextOf(testMethods(), printed));
    expect(printed.filter((line) => /^ {2}epoch/.test(line))).toHaveLength(1);
    // A clock that ticks: every epoch that is shown has taken its time.
    await using ticking = await temporaryFolder();
    let nowMs = 0;
    const timed = { ...contextOf(testMethods()), nowMs: () => (nowMs += 1000) };
    await run(await optionsIn(ticking.path, ...words('embedding'), '--shown', '0,1'), timed);
    const manifest = JSON.parse(await readFile(join(ticking.path, 'out/manifest.json'), 'utf8')) as {
      cells: { wallMs: number }[];
    };
    expect(manifest.cells).toHaveLength(2);
    for (const { wallMs } of manifest.cells) expect(wallMs).toBeGreaterThan(0);
    const table = await readFile(join(folder.path, 'out/embedding-challenge-2012.csv'), 'utf8');
    expect(
      table
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',')[0]),
    ).toEqual(['0', '1', '2']);
    const svg = await readFile(join(folder.path, 'out/embedding-challenge-2012.svg'), 'utf8');
    for (const text of ['epoch 0', 'epoch 1', 'epoch 2', 'died', 'survived'])
      expect(svg.includes(`>${text}</text>`)).toBe(true);
  });
});
