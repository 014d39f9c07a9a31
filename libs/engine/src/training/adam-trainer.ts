import type { NetworkWeights } from '#network';
import { flatLayout, flatten, unflatten, unflattenTensor, type FlatLayout } from './flat-weights.js';
import type { Tensor, TensorFlow } from '../tensorflow/tensor.js';

/** How Adam moves the weights (Kingma and Ba 2015). */
export interface AdamOptions {
  /** @default 1e-3 */
  learningRate?: number;
  /** @default 0.9 */
  beta1?: number;
  /** @default 0.999 */
  beta2?: number;
  /** @default 1e-8 */
  epsilon?: number;
  /** Longest gradient, over all weights together, that is used as it is; a longer one is shortened to it. @default none */
  clipNorm?: number;
  /** Share of the averaged weights kept at each step; the averages are what to validate and ship. @default none kept */
  averageDecay?: number;
  /** Share of every weight taken off at each step, times the learning rate (Loshchilov and Hutter 2019). @default 0 */
  weightDecay?: number;
}

/** What a loss function gives: the number to lower, and any others to be told of (each a scalar or a small vector). */
export interface LossReport {
  loss: Tensor;
  report?: Record<string, Tensor>;
}

/** What a step tells: the loss, the length of its gradient, and the reported tensors' numbers. */
export interface StepResult {
  loss: number;
  gradientNorm: number;
  report: Record<string, Float32Array>;
}

/** All that a later process needs to go on with the same training. */
export interface AdamState {
  steps: number;
  weights: NetworkWeights;
  firstMoments: NetworkWeights;
  secondMoments: NetworkWeights;
  averages?: NetworkWeights;
}

/** A differentiable function of named weights. */
export type LossFunction = (weights: Readonly<Record<string, Tensor>>) => LossReport;

/**
 * Weights being trained. They live in one long vector, so that an update is a dozen operations however many arrays there are.
 * Weights that the loss does not use stay as they are. The trainer owns its tensors until `dispose`.
 */
export class AdamTrainer {
  learningRate: number;
  readonly #tf: TensorFlow;
  readonly #layout: FlatLayout;
  readonly #options: AdamOptions;
  #steps = 0;
  #weights: Tensor;
  #first: Tensor;
  #second: Tensor;
  #average: Tensor | undefined;
  #rates: Tensor | undefined;

  constructor(tf: TensorFlow, weights: NetworkWeights, options: AdamOptions = {}) {
    this.#tf = tf;
    this.#layout = flatLayout(weights);
    this.#options = options;
    this.learningRate = options.learningRate ?? 1e-3;
    const all = flatten(this.#layout, weights);
    this.#weights = tf.tensor1d(all);
    this.#first = tf.zeros([all.length]);
    this.#second = tf.zeros([all.length]);
    this.#average = options.averageDecay === undefined ? undefined : tf.tensor1d(all);
  }

  /** Steps taken, those before a restored state included. */
  get steps(): number {
    return this.#steps;
  }

  /** From now on each array moves at the learning rate times its factor; 0 holds it where it is. */
  scaleRates(factorOf: (name: string) => number): void {
    const { names, sizes } = this.#layout;
    const factors = names.flatMap((name, at) => new Array<number>(sizes[at]!).fill(factorOf(name)));
    this.#rates?.dispose();
    this.#rates = this.#tf.tensor1d(factors);
  }

  /** Computes loss and gradient, moves the weights once. A loss that is not finite moves nothing: look at `loss`. */
  step(lossOf: LossFunction): StepResult {
    const { result, gradient } = this.#differentiate(lossOf);
    if (Number.isFinite(result.loss) && Number.isFinite(result.gradientNorm)) this.#move(gradient, result.gradientNorm);
    gradient.dispose();
    return result;
  }

  /** Loss and gradient of every weight, without moving any. */
  gradients(lossOf: LossFunction): StepResult & { gradients: NetworkWeights } {
    const { result, gradient } = this.#differentiate(lossOf);
    const gradients = unflatten(this.#layout, gradient.dataSync() as Float32Array);
    gradient.dispose();
    return { ...result, gradients };
  }

  /** Runs a function on the current (or averaged) weights without gradients; frees what it made, but not what it returns. */
  evaluate<R>(work: (weights: Readonly<Record<string, Tensor>>) => R, which: 'current' | 'averaged' = 'current'): R {
    const all = which === 'averaged' ? (this.#average ?? this.#weights) : this.#weights;
    return this.#tf.engine().tidy(() => work(unflattenTensor(this.#tf, this.#layout, all)) as never) as R;
  }

  /** Copies of the weights; `averaged` gives the running averages where they are kept, else the current ones. */
  exportWeights(which: 'current' | 'averaged' = 'current'): NetworkWeights {
    const all = which === 'averaged' ? (this.#average ?? this.#weights) : this.#weights;
    return this.#read(all);
  }

  /** Overwrites one array in the weights and in their averages, for what no gradient moves. */
  assign(name: string, values: Float32Array): void {
    const at = this.#layout.names.indexOf(name);
    if (at < 0) throw new Error(`there is no weight "${name}" to assign`);
    if (values.length !== this.#layout.sizes[at]) {
      throw new Error(`weight "${name}" takes ${this.#layout.sizes[at]} numbers; ${values.length} were given`);
    }
    this.#weights = this.#replaced(this.#weights, at, values);
    if (this.#average) this.#average = this.#replaced(this.#average, at, values);
  }

  /** A copy of everything, to go on later with {@link importState}. */
  exportState(): AdamState {
    return {
      steps: this.#steps,
      weights: this.#read(this.#weights),
      firstMoments: this.#read(this.#first),
      secondMoments: this.#read(this.#second),
      ...(this.#average ? { averages: this.#read(this.#average) } : {}),
    };
  }

  /** Goes on from an exported state of weights of the same names and sizes. */
  importState(state: AdamState): void {
    const { weights, firstMoments, secondMoments, averages } = state;
    const [all, first, second] = [weights, firstMoments, secondMoments].map((part) => flatten(this.#layout, part));
    const average = flatten(this.#layout, averages ?? weights);
    this.#steps = state.steps;
    this.#put('weights', this.#tf.tensor1d(all as Float32Array));
    this.#put('first', this.#tf.tensor1d(first as Float32Array));
    this.#put('second', this.#tf.tensor1d(second as Float32Array));
    if (this.#average) this.#put('average', this.#tf.tensor1d(average));
  }

  /** Frees the weights and their moments. */
  dispose(): void {
    for (const tensor of [this.#weights, this.#first, this.#second, this.#average, this.#rates]) tensor?.dispose();
  }

  #differentiate(lossOf: LossFunction): { result: StepResult; gradient: Tensor } {
    const tf = this.#tf;
    const report: Record<string, Float32Array> = {};
    let loss = Number.NaN;
    let gradientNorm = Number.NaN;
    const gradient = tf.tidy(() => {
      const { value, grad } = tf.valueAndGrad((all: Tensor) => {
        const said = lossOf(unflattenTensor(tf, this.#layout, all));
        for (const [name, tensor] of Object.entries(said.report ?? {}))
          report[name] = Float32Array.from(tensor.dataSync());
        return tf.reshape(said.loss, []);
      })(this.#weights);
      loss = value.dataSync()[0] as number;
      gradientNorm = tf.sqrt(tf.sum(tf.square(grad))).dataSync()[0] as number;
      return grad;
    });
    return { result: { loss, gradientNorm, report }, gradient };
  }

  #move(gradient: Tensor, gradientNorm: number): void {
    const tf = this.#tf;
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, clipNorm, averageDecay, weightDecay = 0 } = this.#options;
    this.#steps++;
    const shorten = clipNorm !== undefined && gradientNorm > clipNorm ? clipNorm / gradientNorm : 1;
    const stepSize = (this.learningRate * Math.sqrt(1 - beta2 ** this.#steps)) / (1 - beta1 ** this.#steps);
    const [first, second, weights] = tf.tidy(() => {
      const used = tf.mul(gradient, shorten);
      const m = tf.add(tf.mul(this.#first, beta1), tf.mul(used, 1 - beta1));
      const v = tf.add(tf.mul(this.#second, beta2), tf.mul(tf.square(used), 1 - beta2));
      const adam = tf.div(tf.mul(m, stepSize), tf.add(tf.sqrt(v), epsilon));
      const all = weightDecay > 0 ? tf.add(adam, tf.mul(this.#weights, this.learningRate * weightDecay)) : adam;
      const change = this.#rates ? tf.mul(all, this.#rates) : all;
      return [m, v, tf.sub(this.#weights, change)] as [Tensor, Tensor, Tensor];
    });
    this.#put('first', first);
    this.#put('second', second);
    this.#put('weights', weights);
    const average = this.#average;
    if (!average || averageDecay === undefined) return;
    // early averages would hold on to the untrained weights, hence the slow start
    const keep = Math.min(averageDecay, (1 + this.#steps) / (10 + this.#steps));
    this.#put(
      'average',
      tf.tidy(() => tf.add(tf.mul(average, keep), tf.mul(this.#weights, 1 - keep))),
    );
  }

  #put(what: 'weights' | 'first' | 'second' | 'average', tensor: Tensor): void {
    if (what === 'weights') [this.#weights, tensor] = [tensor, this.#weights];
    else if (what === 'first') [this.#first, tensor] = [tensor, this.#first];
    else if (what === 'second') [this.#second, tensor] = [tensor, this.#second];
    else if (this.#average) [this.#average, tensor] = [tensor, this.#average];
    tensor.dispose();
  }

  #read(all: Tensor): NetworkWeights {
    return unflatten(this.#layout, all.dataSync() as Float32Array);
  }

  #replaced(all: Tensor, at: number, values: Float32Array): Tensor {
    const offset = this.#layout.sizes.slice(0, at).reduce((sum, size) => sum + size, 0);
    const copy = Float32Array.from(all.dataSync() as Float32Array);
    copy.set(values, offset);
    all.dispose();
    return this.#tf.tensor1d(copy);
  }
}
