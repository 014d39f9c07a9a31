/** Steps between a clean window and noise alone. */
export const CSDI_STEPS = 50;
const FIRST_BETA = 0.0001;
const LAST_BETA = 0.5;

/** The noise added at each step, 0-based. */
export interface NoiseSchedule {
  /** Variance of the noise added at the step. */
  readonly beta: readonly number[];
  /** Share of the clean window's variance left after it: the product of 1 − beta so far. */
  readonly kept: readonly number[];
}

/** CSDI's quadratic schedule: the root of beta rises evenly (Tashiro et al. 2021, appendix E). */
export function quadraticSchedule(steps: number = CSDI_STEPS): NoiseSchedule {
  const [first, last] = [Math.sqrt(FIRST_BETA), Math.sqrt(LAST_BETA)];
  const beta = Array.from({ length: steps }, (_, step) => (first + ((last - first) * step) / (steps - 1)) ** 2);
  let product = 1;
  return { beta, kept: beta.map((one) => (product *= 1 - one)) };
}

/** Sines, then cosines, of the step at frequencies from 1 to 10⁴: [width]. */
export function stepCode(step: number, width: number): Float32Array {
  const half = width / 2;
  return Float32Array.from({ length: width }, (_, at) => {
    const angle = step * 10 ** ((4 * (at % half)) / (half - 1));
    return at < half ? Math.sin(angle) : Math.cos(angle);
  });
}
