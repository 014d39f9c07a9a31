import { partOf } from '#datasets';
import { describe, expect, it } from '@jest/globals';
import { mkdir, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { collectWindows, type CollectOptions } from './collect-windows.js';
import { cachedWindows } from './window-cache.js';

/** Ten records in each of set a and set c, with outcomes. */
async function writeChallenge(path: string): Promise<void> {
  for (const [set, first] of [
    ['a', 100],
    ['c', 200],
  ] as const) {
    const ids = Array.from({ length: 10 }, (_, at) => first + at);
    await mkdir(join(path, `set-${set}`));
    for (const id of ids)
      await writeFile(
        join(path, `set-${set}`, `${id}.txt`),
        `Time,Parameter,Value\n00:00,RecordID,${id}\n00:00,Age,60\n05:10,HR,80\n30:00,HR,90\n`,
      );
    const lines = ids.map((id) => `${id},6,1,5,-1,${id % 2}`);
    const head = 'RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death';
    await writeFile(join(path, `Outcomes-${set}.txt`), [head, ...lines, ''].join('\n'));
  }
}

const SIGNALS = ['heart-rate'] as const;

describe('collectWindows', () => {
  it('passes over the test part unless it is asked for', async () => {
    await using folder = await temporaryFolder();
    await writeChallenge(folder.path);
    const options: CollectOptions = {
      datasets: [{ id: 'challenge-2012', path: folder.path }],
      signals: SIGNALS,
      randomEnds: 0,
      seed: 1,
    };
    const usual = await collectWindows(options);
    expect(usual.labels.some(({ part }) => part === 'test')).toBe(false);
    const test = await collectWindows({ ...options, parts: ['test'] });
    expect(test.labels.length).toBeGreaterThan(0);
    expect(test.labels.every(({ patientId, part }) => part === 'test' && partOf(patientId) === 'test')).toBe(true);
    expect(usual.labels.length + test.labels.length).toBe(2 * 20);
    expect(usual.labels[0]).not.toHaveProperty('datasetPart');
  });

  it('passes over stays that ended at a moment or later, and keeps such windows in a cache of their own', async () => {
    await using folder = await temporaryFolder();
    await writeChallenge(folder.path);
    const options = (endedBeforeMs?: number): CollectOptions => ({
      ...{ datasets: [{ id: 'challenge-2012', path: folder.path }], signals: SIGNALS, randomEnds: 0, seed: 1 },
      ...(endedBeforeMs === undefined ? {} : { endedBeforeMs }),
    });
    // a recording of Challenge 2012 ends at 48 hours
    const end = 48 * 3_600_000;
    const all = await collectWindows(options());
    expect(all.labels.length).toBeGreaterThan(0);
    expect((await collectWindows(options(end + 1))).labels).toEqual(all.labels);
    expect((await collectWindows(options(end))).labels).toEqual([]);
    const cache = join(folder.path, 'cache');
    expect((await cachedWindows(options(end), cache)).store.labels).toEqual([]);
    expect((await cachedWindows(options(), cache)).store.labels).toEqual(all.labels);
  });

  it('reads the named parts of a data set, ends at the hours asked for, and counts stays over all parts', async () => {
    await using folder = await temporaryFolder();
    await writeChallenge(folder.path);
    const options: CollectOptions = {
      datasets: [{ id: 'challenge-2012', path: folder.path, parts: ['set-c', 'set-a'] }],
      signals: SIGNALS,
      randomEnds: 0,
      seed: 1,
      parts: ['train', 'validation', 'test'],
      endHours: [6, 31],
      maxStays: 12,
    };
    const { labels, values } = await collectWindows(options);
    expect(labels.map(({ datasetPart }) => datasetPart)).toEqual([
      ...Array(20).fill('set-c'),
      ...Array(4).fill('set-a'),
    ]);
    expect(labels.slice(0, 2).map(({ hoursSinceAdmission }) => hoursSinceAdmission)).toEqual([6, 31]);
    // At hour 6 the value of 5:10 is known; at hour 31 it has left the window, and that of 30:00 is there.
    const known = (window: number): number[] =>
      [...values.slice(window * 24, (window + 1) * 24)].filter((x) => !Number.isNaN(x));
    expect(known(0)).toEqual([80]);
    expect(known(1)).toEqual([90]);
  });

  it('cuts windows anew whose cache file was cut short', async () => {
    await using folder = await temporaryFolder();
    await writeChallenge(folder.path);
    await using cache = await temporaryFolder();
    const datasets = [{ id: 'challenge-2012' as const, path: folder.path }];
    const options = { datasets, signals: SIGNALS, randomEnds: 0, seed: 1 };
    const { digest } = await cachedWindows(options, cache.path);
    const [name] = await readdir(cache.path);
    const { size } = await stat(join(cache.path, name!));
    for (const left of [0, 3, 100, size - 4]) {
      await truncate(join(cache.path, name!), left);
      expect(await cachedWindows(options, cache.path)).toMatchObject({ digest, fromCache: false });
    }
    expect(await cachedWindows(options, cache.path)).toMatchObject({ digest, fromCache: true });
  });

  it('keeps windows of other parts or hours in another cache file', async () => {
    await using folder = await temporaryFolder();
    await writeChallenge(folder.path);
    await using cache = await temporaryFolder();
    const options = {
      datasets: [{ id: 'challenge-2012' as const, path: folder.path }],
      signals: SIGNALS,
      randomEnds: 0,
      seed: 1,
    };
    const fromCache = async (more: Partial<CollectOptions>): Promise<boolean> =>
      (await cachedWindows({ ...options, ...more }, cache.path)).fromCache;
    expect(await fromCache({ parts: ['test'] })).toBe(false);
    expect(await fromCache({ parts: ['test'] })).toBe(true);
    expect(await fromCache({ parts: ['train'] })).toBe(false);
    expect(await fromCache({ parts: ['test'], endHours: [6] })).toBe(false);
  });
});
