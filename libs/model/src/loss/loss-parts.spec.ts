import { beforeAll, describe, expect, it } from '@jest/globals';
import { TensorRuntime } from '#engine';
import { contrastiveLoss, pairShares } from './contrastive-loss.js';
import { mortalityLoss } from './mortality-loss.js';

describe('the parts of the loss, by hand', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load();
  });

  it('mortality: half cross-entropy, half squared error', () => {
    const logits = runtime.tensor(Float32Array.of(0, Math.log(3)), [2]);
    const labels = runtime.tensor(Float32Array.of(1, 0), [2]);
    const crossEntropy = (Math.log(2) + Math.log(4)) / 2;
    const squared = (0.5 ** 2 + 0.75 ** 2) / 2;
    expect(runtime.read(mortalityLoss(runtime.ops, logits, labels))[0]).toBeCloseTo((crossEntropy + squared) / 2, 5);
  });

  it('contrast: squared distance of pairs alike, squared shortfall from the margin of the others', () => {
    // Two survivors .6 apart, one death .5 from the first and sqrt(.61) from the second.
    const embedding = runtime.tensor(Float32Array.of(0, 0, 0.6, 0, 0, 0.5), [3, 2]);
    const shares = pairShares([0, 0, 1]);
    const pairs = { alike: runtime.tensor(shares.alike, [3, 3]), different: runtime.tensor(shares.different, [3, 3]) };
    const near = 0.36;
    const far = (0.5 ** 2 + (1 - Math.sqrt(0.61)) ** 2) / 2;
    expect(runtime.read(contrastiveLoss(runtime.ops, embedding, pairs))[0]).toBeCloseTo((near + far) / 2, 4);
  });

  it('has no pairs of a kind that the batch does not hold', () => {
    const { alike, different } = pairShares([0, 0, 0]);
    expect(different.every((share) => share === 0)).toBe(true);
    expect(alike.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect([alike[0], alike[4], alike[8]]).toEqual([0, 0, 0]);
  });
});
