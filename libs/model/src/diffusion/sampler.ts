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
  const size = noise.length;
  let noisy = noise;
  let clean = new Float32Array(size);
  let cleanBefore = new Float32Array(size);
  // Two windows in turn: what a step read is overwritten by the step after the next, and the noise never.
  const turns = [new Float32Array(size), new Float32Array(size)] as const;
  for (const [index, step] of steps.entries()) {
    const velocity = await denoise(noisy, step);
    const level = noiseLevel(step);
    const { alpha, sigma } = noiseLevel(steps[index + 1] ?? 0);
    const next = turns[index % 2]!;
    for (let entry = 0; entry < size; entry++) {
      const value = noisy[entry]!;
      const known = cleanOf(level, value, velocity[entry]!);
      clean[entry] = known;
      const ahead = index === 0 ? known : known + (known - cleanBefore[entry]!) / 2;
      next[entry] = alpha * ahead + sigma * noiseOf(level, value, ahead);
    }
    noisy = next;
    [clean, cleanBefore] = [cleanBefore, clean];
  }
  return noisy;
}
