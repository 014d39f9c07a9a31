import { describe, expect, it } from '@jest/globals';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import { CellStore, digestOfJson } from './cell-store.js';

interface Opened {
  readonly store: CellStore;
  readonly abort: AbortController;
  readonly printed: string[];
}

function open(directory: string): Opened {
  const abort = new AbortController();
  const printed: string[] = [];
  let nowMs = 0;
  const store = new CellStore(directory, {
    print: (line) => printed.push(line),
    nowMs: () => (nowMs += 1500),
    signal: abort.signal,
    code: '1.2.3',
  });
  return { store, abort, printed };
}

const KNN = { kind: 'impute', name: 'KNN, 10 %', decides: { method: 'knn', hidden: 10 } };
const content = {
  value: { rmse: 0.5, slope: Number.NaN, most: -Infinity },
  arrays: { risks: Float32Array.of(0.25, 1) },
};

describe('CellStore', () => {
  it('computes a cell once, and gives it back to the bit in another run', async () => {
    await using folder = await temporaryFolder();
    const first = open(folder.path);
    await first.store.cell(KNN, () => Promise.resolve(content));
    expect(first.printed).toEqual(['impute: KNN, 10 % (1.5 s)']);
    const second = open(folder.path);
    const again = await second.store.cell(KNN, () => Promise.reject(new Error('computed twice')));
    expect(again).toMatchObject({ ...content, wallMs: 1500, code: '1.2.3', decides: KNN.decides });
    expect(second.store.used).toMatchObject([{ name: 'impute: KNN, 10 %', computed: false, wallMs: 1500 }]);
    expect(first.store.used).toMatchObject([{ computed: true }]);
  });

  it('names the file by what decides the cell: other settings are another cell, the order of fields is not', async () => {
    await using folder = await temporaryFolder();
    const { store } = open(folder.path);
    const compute = () => Promise.resolve({ value: 1 });
    await store.cell(KNN, compute);
    await store.cell({ ...KNN, decides: { hidden: 10, method: 'knn' } }, compute);
    await store.cell({ ...KNN, decides: { method: 'knn', hidden: 30 } }, compute);
    const files = await readdir(folder.path);
    expect(files).toHaveLength(2);
    expect(files.every((name) => /^impute-knn-10-[0-9a-f]{16}\.cell$/.test(name))).toBe(true);
    expect(digestOfJson({ a: 1, b: { c: 2, d: 3 } })).toBe(digestOfJson({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it('counts the time of a cell within another once, in the run that computes them and in later ones', async () => {
    await using folder = await temporaryFolder();
    const outer = { kind: 'fit', name: 'outer', decides: {} };
    // A tick of the clock, 1.5 s, lies between two looks at it: one within the inner cell, three within the outer.
    const compute = async (store: CellStore): Promise<{ value: number }> => {
      await store.cell(KNN, () => Promise.resolve({ value: 1 }));
      return { value: 2 };
    };
    const first = open(folder.path).store;
    await first.cell(outer, () => compute(first));
    const timesOf = ({ used }: CellStore): Record<string, number> =>
      Object.fromEntries(used.map(({ name, wallMs }) => [name, wallMs]));
    expect(timesOf(first)).toEqual({ 'impute: KNN, 10 %': 1500, 'fit: outer': 3000 });
    const later = open(folder.path).store;
    await later.cell(outer, () => compute(later));
    expect(timesOf(later)).toEqual(timesOf(first));
    // Another outer cell reads the inner one and adds its own time alone.
    const more = open(folder.path).store;
    await more.cell({ ...outer, decides: { other: true } }, () => compute(more));
    expect(timesOf(more)).toEqual({ 'impute: KNN, 10 %': 1500, 'fit: outer': 1500 });
  });

  it('computes anew what was cut short or is none of its files', async () => {
    await using folder = await temporaryFolder();
    const { store } = open(folder.path);
    await store.cell(KNN, () => Promise.resolve(content));
    const path = join(folder.path, store.used[0]!.file);
    const whole = await readFile(path);
    const damages = ['not a cell\n', '{}\n', 'null\n'].map((text) => () => writeFile(path, text));
    for (const damage of [() => truncate(path, whole.length - 1), ...damages]) {
      await damage();
      expect((await open(folder.path).store.cell(KNN, () => Promise.resolve(content))).value).toEqual(content.value);
      expect(await readFile(path)).toEqual(whole);
    }
  });

  it('stops before the next computation, never within one, and still reads what is there', async () => {
    await using folder = await temporaryFolder();
    const { store, abort } = open(folder.path);
    await store.cell(KNN, () => {
      abort.abort(new Error('stop'));
      return Promise.resolve({ value: 1 });
    });
    expect((await store.cell(KNN, () => Promise.resolve({ value: 2 }))).value).toBe(1);
    const other = { ...KNN, decides: {} };
    await expect(store.cell(other, () => Promise.resolve({ value: 3 }))).rejects.toThrow('stop');
  });

  it('keeps a cell that came about beside another computation, with the time that it took', async () => {
    await using folder = await temporaryFolder();
    const first = open(folder.path);
    await first.store.keep(KNN, content, 7000);
    const second = open(folder.path);
    await second.store.cell(KNN, () => Promise.reject(new Error('computed twice')));
    for (const { store } of [first, second]) expect(store.used).toMatchObject([{ wallMs: 7000 }]);
  });

  it('leaves no file of a computation that failed', async () => {
    await using folder = await temporaryFolder();
    const { store } = open(folder.path);
    await expect(store.cell(KNN, () => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    expect(await readdir(folder.path)).toEqual([]);
  });
});
