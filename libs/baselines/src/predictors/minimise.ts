/** A smooth function: gives its value and writes its gradient. */
export type SmoothFunction = (at: Float64Array, gradient: Float64Array) => number;

/** When {@link minimise} stops. */
export interface MinimiseOptions {
  /** @default 200 */
  readonly maxIterations?: number;
  /** Greatest entry of the gradient at which the minimum counts as found. @default 1e-5 */
  readonly tolerance?: number;
}

/** Steps that are remembered to estimate the curvature. */
const MEMORY = 10;
const ARMIJO = 1e-4;
const MAX_HALVINGS = 30;

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  /** Of their inner product. */
  readonly inverse: number;
}

/**
 * Finds a minimum by L-BFGS with halving steps (Nocedal and Wright, Numerical Optimization, algorithm 7.5). For a convex function it is
 * the minimum.
 *
 * @param start where to begin; not changed
 * @returns the point found; also when iterations run out or no step falls any more
 */
export function minimise(smooth: SmoothFunction, start: Float64Array, options: MinimiseOptions = {}): Float64Array {
  const { maxIterations = 200, tolerance = 1e-5 } = options;
  let at = start.slice();
  let gradient = new Float64Array(at.length);
  let value = smooth(at, gradient);
  const steps: Step[] = [];
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (gradient.every((one) => Math.abs(one) <= tolerance)) break;
    const direction = descentDirection(gradient, steps);
    const slope = dot(direction, gradient);
    let share = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const nextGradient = new Float64Array(at.length);
    let next = at;
    let nextValue = Infinity;
    for (let halving = 0; halving < MAX_HALVINGS; halving++) {
      next = at.map((one, index) => one + share * direction[index]!);
      nextValue = smooth(next, nextGradient);
      if (nextValue <= value + ARMIJO * share * slope) break;
      share /= 2;
    }
    if (!(nextValue < value)) break;
    remember(steps, difference(next, at), difference(nextGradient, gradient));
    at = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return at;
}

/** The two-loop recursion: minus the gradient, times the estimated inverse of the curvature. */
function descentDirection(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((one) => -one);
  const shares = steps.toReversed().map(({ moved, turned, inverse }) => {
    const share = inverse * dot(moved, direction);
    addScaled(direction, turned, -share);
    return share;
  });
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.inverse * dot(last.turned, last.turned));
    for (let index = 0; index < direction.length; index++) direction[index]! *= scale;
  }
  steps.forEach(({ moved, turned, inverse }, index) => {
    const share = shares[steps.length - 1 - index]!;
    addScaled(direction, moved, share - inverse * dot(turned, direction));
  });
  return direction;
}

/** Keeps a step where the function curves upwards along it; the oldest makes room. */
function remember(steps: Step[], moved: Float64Array, turned: Float64Array): void {
  const product = dot(moved, turned);
  if (product <= 1e-12 * dot(turned, turned)) return;
  steps.push({ moved, turned, inverse: 1 / product });
  if (steps.length > MEMORY) steps.shift();
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((one, index) => one - b[index]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}

function addScaled(into: Float64Array, other: Float64Array, factor: number): void {
  for (let index = 0; index < into.length; index++) into[index]! += factor * other[index]!;
}
