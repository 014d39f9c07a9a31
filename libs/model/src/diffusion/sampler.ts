import { cleanOf, noiseLevel, noiseOf } from './velocity.js';

/** Predicts the velocity of every entry of a noisy array at one step; see `predictVelocity`. */
export type Denoiser = (noisy: Float32Array, step: number) => Promise<Float32Array>;

/** The steps at which a sampler of `count` steps asks its denoiser: 1, 1 - 1/count, ... 1/count. */
export function samplingSteps(count: number): number[] {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`${count} sampling steps: expected a whole number from 1`);
  return Array.from({ length: count }, (_, index) => 1 - index / count);
}

/**
 * Turns noise into clean windows in a few deterministic steps.
 *
 * DDIM (Song et al., ICLR 2021) whose estimate of the clean window is extrapolated from the last two steps, as DPM-Solver++(2M)
 * does (Lu et al. 2022), with the angle of the cosine schedule as the variable. At four steps a first-order DDIM keeps about two
 * thirds of the spread of the samples, this one nearly nine tenths (`sampler.spec.ts`).
 *
 * @param noise standard normal, any shape; not changed
 * @returns     same shape
 */
export async function sampleClean(noise: Float32Array, stepCount: number, denoise: Denoiser): Promise<Float32Array> {
  const steps = samplingSteps(stepCount);
  let noisy = noise;
  let cleanBefore: Float32Array | undefined;
  for (const [index, step] of steps.entries()) {
    const velocity = await denoise(noisy, step);
    const level = noiseLevel(step);
    const nextLevel = noiseLevel(steps[index + 1] ?? 0);
    const clean = new Float32Array(noisy.length);
    const next = new Float32Array(noisy.length);
    for (let entry = 0; entry < noisy.length; entry++) {
      const value = noisy[entry]!;
      const known = cleanOf(level, value, velocity[entry]!);
      clean[entry] = known;
      const ahead = cleanBefore === undefined ? known : known + (known - cleanBefore[entry]!) / 2;
      next[entry] = nextLevel.alpha * ahead + nextLevel.sigma * noiseOf(level, value, ahead);
    }
    noisy = next;
    cleanBefore = clean;
  }
  return noisy;
}
