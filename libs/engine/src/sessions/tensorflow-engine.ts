import { assessRisk, encodeWindow, predictVelocity, type HyperParameters, type NetworkWeights } from '#network';
import type { Tensor } from '../tensorflow/tensor.js';
import type { TensorRuntime } from '../tensorflow/tensor-runtime.js';
import { checkAssessInput, checkDenoiseInput, checkEncodeInput } from './check-input.js';
import type { Assessment, AssessInput, DenoiseInput, EncodeInput, InferenceEngine } from './inference-engine.js';

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

  async encode(input: EncodeInput): Promise<Float32Array> {
    checkEncodeInput(this.hyper, input);
    return this.#run(() =>
      encodeWindow(this.#runtime.ops, this.#weights, this.hyper, {
        values: this.#windows(input.values, input.batch),
        mask: this.#windows(input.mask, input.batch),
        static: this.#runtime.tensor(input.static, [input.batch, this.hyper.staticSize]),
      }),
    );
  }

  async denoise(input: DenoiseInput): Promise<Float32Array> {
    checkDenoiseInput(this.hyper, input);
    const { signals, hours, channels } = this.hyper;
    const { batch, samples, noisy, mask, context, step } = input;
    return this.#run(() =>
      predictVelocity(this.#runtime.ops, this.#weights, this.hyper, {
        noisy: this.#runtime.tensor(noisy, [batch, samples, signals, hours]),
        mask: this.#windows(mask, batch),
        context: this.#runtime.tensor(context, [batch, signals, hours, channels]),
        step: this.#runtime.tensor(step, step.length === 1 ? [1, 1] : [batch, samples]),
      }),
    );
  }

  async assess(input: AssessInput): Promise<Assessment> {
    checkAssessInput(this.hyper, input);
    const { batch } = input;
    let logit: Float32Array = new Float32Array();
    const embedding = this.#run(() => {
      const windows = {
        values: this.#windows(input.values, batch),
        mask: this.#windows(input.mask, batch),
        hoursSince: this.#windows(input.hoursSince, batch),
        static: this.#runtime.tensor(input.static, [batch, this.hyper.staticSize]),
      };
      const said = assessRisk(this.#runtime.ops, this.#weights, this.hyper, windows, { training: false });
      logit = this.#runtime.read(said.logit);
      return said.embedding;
    });
    return { logit, embedding };
  }

  async close(): Promise<void> {
    this.#runtime.dispose(this.#weights);
  }

  #windows(values: Float32Array, batch: number): Tensor {
    return this.#runtime.tensor(values, [batch, this.hyper.signals, this.hyper.hours]);
  }

  #run(work: () => Tensor): Float32Array {
    let numbers: Float32Array = new Float32Array();
    this.#runtime.scope(() => {
      numbers = this.#runtime.read(work());
    });
    return numbers;
  }
}
