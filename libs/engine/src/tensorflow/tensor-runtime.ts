import type { NetworkWeights, Ops, Shape } from '#network';
import { AdamTrainer, type AdamOptions } from '../training/adam-trainer.js';
import { loadTensorFlow, type LoadedTensorFlow, type TensorFlowChoice } from './load-tensorflow.js';
import type { Tensor, TensorFlow } from './tensor.js';
import { tensorflowOps } from './tensorflow-ops.js';

/** Which TensorFlow.js computes, as said in logs. */
export type TensorRuntimeName = 'tensorflow-gpu' | 'tensorflow-cpu' | 'tensorflow-wasm' | 'tensorflow-javascript';

/** How many tensors are alive, and their size. */
export interface TensorMemory {
  tensors: number;
  bytes: number;
}

/**
 * Eager, differentiable arithmetic: all that other rooms need of TensorFlow.js, so that they need not name it.
 *
 * Whoever makes a tensor owns it. Inside {@link scope} ownership passes to the scope, which frees everything but its result.
 */
export class TensorRuntime {
  /** What computes. */
  readonly name: TensorRuntimeName;
  readonly ops: Ops<Tensor>;
  readonly #tf: TensorFlow;

  /** Loads a backend, `auto` for the fastest that is installed. */
  static async load(choice: TensorFlowChoice = 'auto'): Promise<TensorRuntime> {
    return new TensorRuntime(await loadTensorFlow(choice));
  }

  constructor({ tf, backend, usesGpu }: LoadedTensorFlow) {
    this.#tf = tf;
    this.ops = tensorflowOps(tf);
    if (usesGpu) this.name = 'tensorflow-gpu';
    else if (backend === 'wasm') this.name = 'tensorflow-wasm';
    else this.name = backend === 'cpu' ? 'tensorflow-javascript' : 'tensorflow-cpu';
  }

  /** A tensor of the given numbers, row-major; the caller owns it. */
  tensor(values: Float32Array, shape: Shape): Tensor {
    return this.ops.constant(values, shape);
  }

  /** A tensor for each of the named arrays; the caller owns them. */
  tensors(weights: NetworkWeights): Record<string, Tensor> {
    return Object.fromEntries(
      Object.entries(weights).map(([name, { values, shape }]) => [name, this.tensor(values, shape)]),
    );
  }

  /** The numbers of a tensor, row-major; a copy. Waits for the device. */
  read(tensor: Tensor): Float32Array {
    return Float32Array.from(tensor.dataSync());
  }

  /** The shape of a tensor. */
  shapeOf(tensor: Tensor): number[] {
    return [...tensor.shape];
  }

  /** Runs synchronous work and frees every tensor it made, but for those in its result (a tensor, or an array or record of them). */
  scope<R>(work: () => R): R {
    return this.#tf.engine().tidy(work as never) as R;
  }

  /** Frees tensors. */
  dispose(tensors: Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>): void {
    this.#tf.dispose(tensors as never);
  }

  memory(): TensorMemory {
    const { numTensors, numBytes } = this.#tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  /** Takes weights into training; the trainer owns its own copies until its `dispose`. */
  adam(weights: NetworkWeights, options?: AdamOptions): AdamTrainer {
    return new AdamTrainer(this.#tf, weights, options);
  }
}
