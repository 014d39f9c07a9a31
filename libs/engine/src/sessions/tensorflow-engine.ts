import { assessRisks, encodeWindow, predictVelocity, type HyperParameters, type NetworkWeights } from '#network';
import type { Tensor } from '../tensorflow/tensor.js';
import type { TensorRuntime } from '../tensorflow/tensor-runtime.js';
import { checkAssessInput, checkDenoiseInput, checkEncodeInput } from './check-input.js';
import type {
  Assessment,
  AssessInput,
  DenoiseInput,
  EncodedWindows,
  EncodeInput,
  InferenceEngine,
} from './inference-engine.js';

/** The networks on TensorFlow.js, on whichever backend the runtime holds. Owns its weights until `close`. */
export class TensorFlowEngine implements InferenceEngine {
  readonly name: 'tensorflow-gpu' | 'tensorflow-cpu';
  readonly description: string;
  readonly #runtime: TensorRuntime;
  readonly #weights: Record<string, Tensor>;

  constructor(
    runtime: TensorRuntime,
    readonly hyper: HyperParameters,
    weights: NetworkWeights,
  ) {
    this.#runtime = runtime;
    this.#weights = runtime.tensors(weights);
    this.name = runtime.name === 'tensorflow-gpu' ? 'tensorflow-gpu' : 'tensorflow-cpu';
    this.description = `TensorFlow.js (${runtime.name})`;
  }

  async encode(input: EncodeInput): Promise<EncodedWindows> {
    checkEncodeInput(this.hyper, input);
    const { batch } = input;
    return this.#read(() => ({
      ...encodeWindow(this.#runtime.ops, this.#weights, this.hyper, {
        values: this.#windows(input.values, batch),
        mask: this.#windows(input.mask, batch),
        hoursSince: this.#windows(input.hoursSince, batch),
        static: this.#runtime.tensor(input.static, [batch, this.hyper.staticSize]),
      }),
    }));
  }

  async denoise(input: DenoiseInput): Promise<Float32Array> {
    checkDenoiseInput(this.hyper, input);
    const { signals, hours, imputer } = this.hyper;
    const { batch, samples, noisy, mask, context, step } = input;
    const { velocity } = this.#read(() => ({
      velocity: predictVelocity(this.#runtime.ops, this.#weights, this.hyper, {
        noisy: this.#runtime.tensor(noisy, [batch, samples, signals, hours]),
        mask: this.#windows(mask, batch),
        context: this.#runtime.tensor(context, [batch, hours, imputer.channels]),
        step: this.#runtime.tensor(step, step.length === 1 ? [1, 1] : [batch, samples]),
      }),
    }));
    return velocity;
  }

  async assess(input: AssessInput): Promise<Assessment> {
    checkAssessInput(this.hyper, input);
    const { batch } = input;
    return this.#read(() => {
      const windows = {
        values: this.#windows(input.values, batch),
        mask: this.#windows(input.mask, batch),
        hoursSince: this.#windows(input.hoursSince, batch),
        statistics: this.#runtime.tensor(input.statistics, [batch, this.hyper.signals, this.hyper.statistics]),
        static: this.#runtime.tensor(input.static, [batch, this.hyper.staticSize]),
      };
      return { ...assessRisks(this.#runtime.ops, this.#weights, this.hyper, windows) };
    });
  }

  async close(): Promise<void> {
    this.#runtime.dispose(this.#weights);
  }

  #windows(values: Float32Array, batch: number): Tensor {
    return this.#runtime.tensor(values, [batch, this.hyper.signals, this.hyper.hours]);
  }

  /** Runs a piece of network, reads its named results and frees everything. */
  #read<Name extends string>(work: () => Record<Name, Tensor>): Record<Name, Float32Array> {
    const numbers = {} as Record<Name, Float32Array>;
    this.#runtime.scope(() => {
      for (const [name, tensor] of Object.entries(work()) as [Name, Tensor][])
        numbers[name] = this.#runtime.read(tensor);
    });
    return numbers;
  }
}
