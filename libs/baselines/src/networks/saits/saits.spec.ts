import { TensorRuntime } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { madeUpWindows } from '../made-up-windows.js';
import { startingWeights } from '../parts/starting-weights.js';
import { keyedRandom } from '../training/keyed-random.js';
import { sizeOfGrid, takeMeasured, takeHidden, type WindowBatch } from '../training/window-batch.js';
import { saits, saitsEstimates } from './saits.js';

const SIZES = { channels: 8, heads: 2, layers: 1, feedForward: 8 };
const HOURS = 4;

describe('SAITS', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
  });
  const grid = madeUpWindows('saits', 1, HOURS);
  const weights = startingWeights(saits(SIZES).plan(sizeOfGrid(grid)), keyedRandom('saits'));
  const shown = takeMeasured(grid, [0]);

  const estimatesOf = (batch: WindowBatch): { first: Float32Array; second: Float32Array; combined: Float32Array } =>
    runtime.scope(() => {
      const { first, second, combined } = saitsEstimates(runtime.ops, runtime.tensors(weights), SIZES, batch);
      return { first: runtime.read(first), second: runtime.read(second), combined: runtime.read(combined) };
    });

  it('never lets an hour look at itself', () => {
    // the ways around attention are closed: values reach channels 0 to 3, the estimate reads 4 to 7, which attention alone writes to,
    // and where a token looks does not depend on what it holds
    const [name, eight] = ['first.layer0', 8];
    const closed = Object.fromEntries(
      Object.entries(weights).map(([key, one]) => [key, { ...one, values: one.values.slice() }]),
    );
    const clear = (key: string, when: (row: number, column: number) => boolean): void => {
      const { values, shape } = closed[key]!;
      const columns = shape.at(-1)!;
      values.forEach((_, at) => {
        if (when(Math.floor(at / columns), at % columns)) values[at] = 0;
      });
    };
    clear('first.embed.weight', (_, channel) => channel >= 4);
    clear('first.out.weight', (channel) => channel < 4);
    clear(`${name}.qkv.weight`, (_, column) => column < eight);
    clear(`${name}.narrow.weight`, () => true);
    const firstOf = (batch: WindowBatch): Float32Array =>
      runtime.scope(() => runtime.read(saitsEstimates(runtime.ops, runtime.tensors(closed), SIZES, batch).first));
    const changed = { ...shown, values: shown.values.map((value, entry) => (entry % HOURS === 2 ? value + 3 : value)) };
    const [before, after] = [firstOf(shown), firstOf(changed)];
    const moved = [0, 1, 2, 3].map((hour) => Math.abs(before[hour * 2]! - after[hour * 2]!) > 1e-6);
    expect(moved).toEqual([true, true, false, true]);
  });

  it('weighs the two estimates by a share between 0 and 1', () => {
    const { first, second, combined } = estimatesOf(shown);
    combined.forEach((value, entry) => {
      const [low, high] = [first[entry]!, second[entry]!].sort((a, b) => a - b) as [number, number];
      expect(value).toBeGreaterThanOrEqual(low - 1e-6);
      expect(value).toBeLessThanOrEqual(high + 1e-6);
    });
  });

  it('adds the error at what is shown (a third of three) and at what is hidden', () => {
    const hideFirst = (mask: Float32Array): Float32Array => mask.map((_, entry) => Number(entry === 0));
    const batch = takeHidden(grid, [0], hideFirst, Math.random);
    const { first, second, combined } = estimatesOf(batch);
    // [signal, hour] of the batch, [hour, signal] of the estimates
    const errorOf = (found: Float32Array, entry: number): number =>
      Math.abs(found[(entry % HOURS) * 2 + Math.floor(entry / HOURS)]! - grid.values[entry]!);
    const shownEntries = [1, 2, 3, 4, 5, 6, 7];
    const meanOf = (found: Float32Array): number =>
      shownEntries.reduce((sum, entry) => sum + errorOf(found, entry), 0) / shownEntries.length;
    const expected = (meanOf(first) + meanOf(second) + meanOf(combined)) / 3 + errorOf(combined, 0);
    const loss = runtime.scope(() =>
      runtime.read(saits(SIZES).loss(runtime.ops, runtime.tensors(weights), batch, Math.random)),
    );
    expect(loss[0]).toBeCloseTo(expected, 4);
  });
});
