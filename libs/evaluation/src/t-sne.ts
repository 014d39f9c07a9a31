import { keyedRandom } from './keyed-random.js';
import { conditionalAffinities, pairAffinities } from './neighbour-affinities.js';

/** More points than this would take gigabytes and hours. */
const MAX_POINTS = 5_000;
const REPORT_EVERY = 50;
const FIRST_MOMENTUM = 0.5;
const LATER_MOMENTUM = 0.8;
const SMALLEST_GAIN = 0.01;
const SPREAD_AT_START = 1e-4;

/** How a picture is made. */
export interface TsneOptions {
  readonly seed: number;
  /** About the number of neighbours a point has; at most a third of the other points. @default 30 */
  readonly perplexity?: number;
  /** @default 1000 */
  readonly iterations?: number;
  /** Factor on the attraction at first, which lets clusters find together. @default 12 */
  readonly earlyExaggeration?: number;
  /** Iterations with it, and with the lower momentum. @default 250 */
  readonly exaggeratedIterations?: number;
  /** @default points / earlyExaggeration / 4, at least 50 (Belkina et al., Nat Commun 2019;10:5415) */
  readonly learningRate?: number;
  /** Told every 50 iterations how far it is. */
  readonly onProgress?: (iteration: number, klDivergence: number) => void;
}

/** A picture of points in the plane. */
export interface TsneResult {
  /** [point][x, y], flat, centred on zero. */
  readonly positions: Float64Array;
  /** Kullback-Leibler divergence of the picture from the points, at every fiftieth iteration and the last; never exaggerated. */
  readonly klDivergences: readonly { readonly iteration: number; readonly klDivergence: number }[];
}

/** The state of a descent, all [point][x, y], flat. */
interface Descent {
  readonly positions: Float64Array;
  readonly velocity: Float64Array;
  readonly gains: Float64Array;
  readonly gradient: Float64Array;
}

/**
 * Exact t-SNE in the plane (van der Maaten and Hinton, JMLR 2008;9:2579): neighbours stay neighbours; sizes of clusters and the distances
 * between them mean nothing. Time and memory grow with the square of the points: meant for up to about 2,000.
 *
 * The same points, seed and options give the same picture on one machine.
 *
 * @param points [point][dimension]
 * @throws RangeError for too many points, dimensions that differ, a number that is not finite, or a perplexity that does not fit
 */
export function tsne(points: readonly ArrayLike<number>[], options: TsneOptions): TsneResult {
  const count = points.length;
  const { perplexity = 30, iterations = 1000, earlyExaggeration = 12, exaggeratedIterations = 250 } = options;
  const learningRate = options.learningRate ?? Math.max(50, count / earlyExaggeration / 4);
  checkPoints(points, perplexity);
  const affinities = pairAffinities(conditionalAffinities(points, perplexity), count);
  const descent = startOf(count, options.seed);
  const klDivergences: { iteration: number; klDivergence: number }[] = [];
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const isEarly = iteration <= exaggeratedIterations;
    writeGradient(descent, affinities, isEarly ? earlyExaggeration : 1);
    move(descent, isEarly ? FIRST_MOMENTUM : LATER_MOMENTUM, learningRate);
    if (iteration % REPORT_EVERY !== 0 && iteration !== iterations) continue;
    const klDivergence = divergence(descent.positions, affinities);
    klDivergences.push({ iteration, klDivergence });
    options.onProgress?.(iteration, klDivergence);
  }
  return { positions: descent.positions, klDivergences };
}

function checkPoints(points: readonly ArrayLike<number>[], perplexity: number): void {
  const count = points.length;
  if (count > MAX_POINTS)
    throw new RangeError(`${count} points: expected at most ${MAX_POINTS}, so draw a sample of them`);
  if (!(3 * perplexity <= count - 1))
    throw new RangeError(`perplexity ${perplexity} for ${count} points: expected at most a third of the other points`);
  const dimensions = points[0]!.length;
  points.forEach((point, at) => {
    if (point.length !== dimensions)
      throw new RangeError(`point ${at} has ${point.length} dimensions, expected ${dimensions} as the first`);
    if (!Array.from(point).every(Number.isFinite)) throw new RangeError(`point ${at} has a number that is not finite`);
  });
}

/** Points in a small normal cloud around zero, at rest. */
function startOf(count: number, seed: number): Descent {
  const random = keyedRandom(seed, 0);
  const positions = Float64Array.from({ length: 2 * count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return SPREAD_AT_START * radius * Math.cos(2 * Math.PI * random());
  });
  return {
    positions,
    velocity: new Float64Array(2 * count),
    gains: new Float64Array(2 * count).fill(1),
    gradient: new Float64Array(2 * count),
  };
}

/** Equation 5, attraction and repulsion summed up apart, so that one pass over the pairs does. */
function writeGradient({ positions, gradient }: Descent, affinities: Float64Array, exaggeration: number): void {
  const repulsion = new Float64Array(gradient.length);
  gradient.fill(0);
  let kernelSum = 0;
  let pair = 0;
  for (let i = 0; i < gradient.length; i += 2) {
    const [xi, yi] = [positions[i]!, positions[i + 1]!];
    let [pullX, pullY, pushX, pushY] = [0, 0, 0, 0];
    for (let j = i + 2; j < gradient.length; j += 2) {
      const dx = xi - positions[j]!;
      const dy = yi - positions[j + 1]!;
      const kernel = 1 / (1 + dx * dx + dy * dy);
      kernelSum += kernel;
      const pull = affinities[pair++]! * kernel;
      const push = kernel * kernel;
      pullX += pull * dx;
      pullY += pull * dy;
      pushX += push * dx;
      pushY += push * dy;
      gradient[j]! -= pull * dx;
      gradient[j + 1]! -= pull * dy;
      repulsion[j]! -= push * dx;
      repulsion[j + 1]! -= push * dy;
    }
    gradient[i]! += pullX;
    gradient[i + 1]! += pullY;
    repulsion[i]! += pushX;
    repulsion[i + 1]! += pushY;
  }
  for (let at = 0; at < gradient.length; at++)
    gradient[at] = 4 * (exaggeration * gradient[at]! - repulsion[at]! / (2 * kernelSum));
}

/** A step with momentum, and with a gain for each number that grows while its sign holds (Jacobs, Neural Netw 1988;1:295). */
function move({ positions, velocity, gains, gradient }: Descent, momentum: number, learningRate: number): void {
  const centre = [0, 0];
  for (let at = 0; at < positions.length; at++) {
    const keepsSign = gradient[at]! > 0 !== velocity[at]! > 0;
    gains[at] = Math.max(SMALLEST_GAIN, keepsSign ? gains[at]! + 0.2 : gains[at]! * 0.8);
    velocity[at] = momentum * velocity[at]! - learningRate * gains[at]! * gradient[at]!;
    positions[at]! += velocity[at]!;
    centre[at % 2]! += positions[at]!;
  }
  for (let at = 0; at < positions.length; at++) positions[at]! -= (2 * centre[at % 2]!) / positions.length;
}

/** Kullback-Leibler divergence of the picture's affinities from those of the points. */
function divergence(positions: Float64Array, affinities: Float64Array): number {
  let [kernelSum, sum, pair] = [0, 0, 0];
  for (let i = 0; i < positions.length; i += 2)
    for (let j = i + 2; j < positions.length; j += 2) {
      const kernel = 1 / (1 + (positions[i]! - positions[j]!) ** 2 + (positions[i + 1]! - positions[j + 1]!) ** 2);
      const affinity = affinities[pair++]!;
      kernelSum += 2 * kernel;
      if (affinity > 0) sum += 2 * affinity * Math.log(affinity / kernel);
    }
  return sum + Math.log(kernelSum);
}
