import { describe } from '@jest/globals';
import { InferenceSession } from 'onnxruntime-node';
import { describeOps, type Piece, type Computed } from '../ops.contract.js';
import { GraphWriter } from './graph-writer.js';
import { onnxOps } from './onnx-ops.js';

describe('the functions of a network as ONNX nodes', () => {
  /** Writes a piece as a graph of its own and runs it. */
  async function compute(piece: Piece): Promise<Computed> {
    const writer = new GraphWriter('piece');
    const value = piece(onnxOps(writer));
    const dims = value.dims.map((length) => length ?? 'free');
    const session = await InferenceSession.create(writer.finish([{ name: 'result', dims, value }]), {
      logSeverityLevel: 3,
    });
    const { result } = await session.run({});
    await session.release();
    return { shape: [...(result?.dims ?? [])], numbers: [...(result?.data as Float32Array)] };
  }

  describeOps(compute);
});
