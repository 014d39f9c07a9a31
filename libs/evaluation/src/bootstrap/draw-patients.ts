import { keyedRandom } from '../keyed-random.js';

/**
 * Draws as many patients as there are, with replacement, for one resample.
 *
 * Depends on the seed and the number of the resample alone, so that resamples may be drawn in any order and by any number of threads.
 *
 * @param counts [patient] overwritten with how often each was drawn
 */
export function drawPatients(counts: Int32Array, seed: number, resample: number): void {
  const random = keyedRandom(seed, resample);
  counts.fill(0);
  for (let draw = 0; draw < counts.length; draw++) counts[Math.floor(random() * counts.length)]!++;
}
