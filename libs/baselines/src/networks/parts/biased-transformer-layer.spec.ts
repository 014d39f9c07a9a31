import { TensorRuntime, type Tensor } from '#engine';
import { transformerLayer } from '#network';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { keyedRandom, normalsOf } from '../training/keyed-random.js';
import { biasedTransformerLayer, NO_ATTENTION } from './biased-transformer-layer.js';
import { transformerArrays } from './planned-array.js';
import { startingWeights } from './starting-weights.js';

const SIZES = { tokens: 3, channels: 4, heads: 2 };

describe('biasedTransformerLayer', () => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load('cpu');
  });
  const weights = startingWeights(transformerArrays('layer', 4, 6), keyedRandom('layer'));
  const tokens = normalsOf(keyedRandom('tokens'), 12);

  function layer(x: Float32Array, bias: number[]): { next: Float32Array; shares: Float32Array } {
    return runtime.scope(() => {
      const side = Math.sqrt(bias.length);
      const result = biasedTransformerLayer(
        runtime.ops,
        runtime.tensors(weights),
        'layer',
        runtime.tensor(x, [1, 3, 4]),
        SIZES,
        runtime.tensor(Float32Array.from(bias), [1, 1, side, side]),
      );
      return { next: runtime.read(result.next), shares: runtime.read(result.shares) };
    });
  }

  it('without a bias is the transformer layer of the network room', () => {
    const plain = runtime.scope(() =>
      runtime.read(
        transformerLayer<Tensor>(
          runtime.ops,
          runtime.tensors(weights),
          'layer',
          runtime.tensor(tokens, [1, 3, 4]),
          SIZES,
        ),
      ),
    );
    layer(tokens, [0]).next.forEach((value, at) => expect(value).toBeCloseTo(plain[at]!, 5));
  });

  it('gives no share where it is told not to look, and shares that sum to 1', () => {
    const no = NO_ATTENTION;
    const { shares } = layer(tokens, [no, 0, 0, 0, no, 0, 0, 0, no]);
    for (let head = 0; head < 2; head++) {
      for (let row = 0; row < 3; row++) {
        const start = head * 9 + row * 3;
        expect(shares[start + row]).toBe(0);
        expect(shares[start]! + shares[start + 1]! + shares[start + 2]!).toBeCloseTo(1, 6);
      }
    }
  });

  it('takes nothing from a token that is not looked at', () => {
    const no = NO_ATTENTION;
    // the second token may look at the third alone
    const bias = [0, 0, 0, no, no, 0, 0, 0, 0];
    const changed = tokens.map((value, at) => (at < 4 ? value * -2 + 1 : value));
    const [before, after] = [layer(tokens, bias).next, layer(changed, bias).next];
    expect(after.slice(4, 8)).toEqual(before.slice(4, 8));
    expect(after.slice(8, 12)).not.toEqual(before.slice(8, 12));
  });
});
