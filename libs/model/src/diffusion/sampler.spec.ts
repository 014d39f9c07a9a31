import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyedNormals } from '../noise/keyed-normals.js';
import { sampleClean, samplingSteps, type Denoiser } from './sampler.js';
import { cleanOf, noiseLevel, noiseOf, noisyValue, velocityOf } from './velocity.js';

/** The best denoiser there is for values drawn from a normal distribution: Bayes' rule, then the velocity. */
function denoiserOfNormal(mean: number, sd: number): Denoiser {
  return async (noisy, step) => {
    const level = noiseLevel(step);
    const { alpha, sigma } = level;
    const gain = (alpha * sd * sd) / (alpha * alpha * sd * sd + sigma * sigma);
    return noisy.map((value) => {
      const clean = mean + gain * (value - alpha * mean);
      return velocityOf(level, clean, noiseOf(level, value, clean));
    });
  };
}

async function meanAndSd(mean: number, sd: number, steps: number): Promise<{ mean: number; sd: number }> {
  const samples = await sampleClean(keyedNormals('gaussian', 20_000), steps, denoiserOfNormal(mean, sd));
  const average = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const variance = samples.reduce((sum, x) => sum + (x - average) ** 2, 0) / samples.length;
  return { mean: average, sd: Math.sqrt(variance) };
}

describe('the velocity', () => {
  it('gives clean window and noise back', () => {
    const unit = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(unit, unit, fc.double({ min: 0.05, max: 1, noNaN: true }), (clean, noise, step) => {
        const level = noiseLevel(step);
        const noisy = noisyValue(level, clean, noise);
        expect(cleanOf(level, noisy, velocityOf(level, clean, noise))).toBeCloseTo(clean, 9);
        expect(noiseOf(level, noisy, clean)).toBeCloseTo(noise, 9);
      }),
    );
  });
});

describe('sampleClean', () => {
  it('recovers a known distribution when it may take many steps', async () => {
    const { mean, sd } = await meanAndSd(1.5, 0.4, 64);
    expect(Math.abs(mean - 1.5)).toBeLessThan(0.01);
    expect(Math.abs(sd - 0.4)).toBeLessThan(0.01);
  });

  it('keeps the mean, and seven to ten tenths of the spread, in four steps', async () => {
    for (const spread of [0.3, 0.5, 1]) {
      const { mean, sd } = await meanAndSd(-0.8, spread, 4);
      expect(Math.abs(mean + 0.8)).toBeLessThan(0.03);
      expect(sd / spread).toBeGreaterThan(0.7);
      expect(sd / spread).toBeLessThan(1.01);
    }
  });

  it('keeps .87 of a spread of .5 in four steps, where first-order DDIM keeps .67', async () => {
    const denoise = denoiserOfNormal(0, 0.5);
    let noisy: Float32Array = Float32Array.of(1);
    for (const step of samplingSteps(4)) {
      const [level, next] = [noiseLevel(step), noiseLevel(step - 0.25)];
      const clean = cleanOf(level, noisy[0]!, (await denoise(noisy, step))[0]!);
      noisy = Float32Array.of(noisyValue(next, clean, noiseOf(level, noisy[0]!, clean)));
    }
    // The map from noise to sample is linear, so its gain is the spread that is kept.
    expect(noisy[0]! / 0.5).toBeCloseTo(0.67, 2);
    expect((await sampleClean(Float32Array.of(1), 4, denoise))[0]! / 0.5).toBeCloseTo(0.87, 2);
  });

  it('takes one step for a certain value and asks at the steps that it says', async () => {
    const asked: number[] = [];
    const certain = denoiserOfNormal(2, 1e-9);
    const samples = await sampleClean(keyedNormals('certain', 3), 4, (noisy, step) => {
      asked.push(step);
      return certain(noisy, step);
    });
    for (const sample of samples) expect(sample).toBeCloseTo(2, 5);
    expect(asked).toEqual(samplingSteps(4));
    expect(asked).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it('refuses a number of steps that is none', async () => {
    await expect(sampleClean(new Float32Array(1), 0, denoiserOfNormal(0, 1))).rejects.toThrow('0 sampling steps');
  });
});
