import { TensorRuntime } from '#engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { madeUpWindows } from '../made-up-windows.js';
import { NETWORK_SIZES } from '../network-sizes.js';
import { startingWeights } from '../parts/starting-weights.js';
import { keyedRandom } from '../training/keyed-random.js';
import { sizeOfGrid, takeHidden, takeMeasured, type WindowBatch } from '../training/window-batch.js';
import { rebuild, remasker } from './remasker.js';

/** Two hours of one signal are one token. */
const SIZES = NETWORK_SIZES.remasker.tiny;

describe('ReMasker', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('wasm');
  });
  const grid = madeUpWindows('remasker', 1, 4);
  const weights = startingWeights(remasker(SIZES).plan(sizeOfGrid(grid)), keyedRandom('remasker'));
  const whole = takeMeasured(grid, [0]);
  const rebuilt = (batch: WindowBatch): Float32Array =>
    runtime.scope(() => runtime.read(rebuild(runtime.ops, runtime.tensors(weights), SIZES, batch)));

  it('does not encode a token of which nothing is left: what lies there changes nothing', () => {
    // the first token, hours 0 and 1 of the first signal
    const mask = whole.mask.map((_, entry) => Number(entry > 1));
    const other = whole.values.map((value, entry) => (entry > 1 ? value : 5));
    expect(rebuilt({ ...whole, mask, values: other })).toEqual(rebuilt({ ...whole, mask }));
    // with its mask, a token that is left counts
    const half = whole.mask.map((_, entry) => Number(entry > 0));
    expect(rebuilt({ ...whole, mask: half, values: other })).not.toEqual(rebuilt({ ...whole, mask: half }));
  });

  it('gives every entry its place: two missing tokens are rebuilt differently', () => {
    const mask = whole.mask.map((_, entry) => Number(entry >= 4));
    const found = rebuilt({ ...whole, mask });
    expect(found).toHaveLength(8);
    expect(Math.abs(found[0]! - found[2]!)).toBeGreaterThan(1e-4);
  });

  it('counts the squared error at shown and hidden entries alike, not at missing ones', () => {
    const gaps = madeUpWindows('gaps', 1, 4, 0.7);
    const hideFirst = (mask: Float32Array): Float32Array => mask.map((one, entry) => (entry < 3 ? one : 0));
    const batch = takeHidden(gaps, [0], hideFirst, Math.random);
    const found = rebuilt(batch);
    const measured = [...gaps.mask.keys()].filter((entry) => gaps.mask[entry] === 1);
    const expected =
      measured.reduce((sum, entry) => sum + (found[entry]! - gaps.values[entry]!) ** 2, 0) / measured.length;
    const loss = runtime.scope(() =>
      runtime.read(remasker(SIZES).loss(runtime.ops, runtime.tensors(weights), batch, Math.random)),
    );
    expect(loss[0]).toBeCloseTo(expected, 4);
  });
});
