/** How much of the clean window and how much noise is left in a noisy one; their squares sum to 1. */
export interface NoiseLevel {
  /** Factor of the clean window. */
  readonly alpha: number;
  /** Factor of the noise. */
  readonly sigma: number;
}

/**
 * The cosine schedule in continuous time: step 0 is clean, step 1 is noise alone.
 *
 * Nichol and Dhariwal, ICML 2021, without their offset, as in Salimans and Ho, ICLR 2022: the step is an angle, and the last
 * step has no trace of the clean window, so that sampling starts where training ended.
 *
 * @param step in [0, 1]
 */
export function noiseLevel(step: number): NoiseLevel {
  const angle = (step * Math.PI) / 2;
  return { alpha: Math.cos(angle), sigma: Math.sin(angle) };
}

/** A noisy entry: `alpha * clean + sigma * noise`. */
export function noisyValue({ alpha, sigma }: NoiseLevel, clean: number, noise: number): number {
  return alpha * clean + sigma * noise;
}

/** The velocity that a denoiser is to predict: `alpha * noise - sigma * clean` (Salimans and Ho 2022, section 4). */
export function velocityOf({ alpha, sigma }: NoiseLevel, clean: number, noise: number): number {
  return alpha * noise - sigma * clean;
}

/** The clean entry that a noisy one and its velocity stand for. */
export function cleanOf({ alpha, sigma }: NoiseLevel, noisy: number, velocity: number): number {
  return alpha * noisy - sigma * velocity;
}

/** The noise that a noisy entry and its clean one stand for; meaningless at step 0, which holds none. */
export function noiseOf({ alpha, sigma }: NoiseLevel, noisy: number, clean: number): number {
  return (noisy - alpha * clean) / sigma;
}
