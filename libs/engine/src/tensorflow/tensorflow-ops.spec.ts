import { beforeAll, describe, expect, it } from '@jest/globals';
import { describeOps, type Piece, type Computed } from '../ops.contract.js';
import { TensorRuntime } from './tensor-runtime.js';

describe.each(['cpu', 'wasm'] as const)('the functions of a network on TensorFlow.js (%s)', (backend) => {
  let runtime: TensorRuntime;
  beforeAll(async () => {
    runtime = await TensorRuntime.load(backend);
  });

  /** Computes a piece in a scope, which must leave no tensor behind. */
  async function compute(piece: Piece): Promise<Computed> {
    const before = runtime.memory().tensors;
    const computed = { shape: [] as number[], numbers: [] as number[] };
    runtime.scope(() => {
      const result = piece(runtime.ops);
      computed.shape = runtime.shapeOf(result);
      computed.numbers = [...runtime.read(result)];
    });
    expect(runtime.memory().tensors).toBe(before);
    return computed;
  }

  describeOps(compute);

  it('refuses a row that is not there', async () => {
    await expect(compute((ops) => ops.gatherRows(ops.constant(Float32Array.of(1, 2), [2, 1]), [2]))).rejects.toThrow(
      'row 2 was asked for, and there are rows 0 to 1',
    );
  });

  it('frees tensors on request', () => {
    const before = runtime.memory().tensors;
    const named = runtime.tensors({ a: { shape: [2], values: Float32Array.of(1, 2) } });
    expect(runtime.memory().tensors).toBe(before + 1);
    runtime.dispose(named);
    expect(runtime.memory().tensors).toBe(before);
  });
});
