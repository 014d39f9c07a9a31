/** Numbers that are thrown away before the first is used, so that neighbouring keys share nothing. */
const WARM_UP = 15;

/**
 * Uniform numbers in [0, 1) from a seed and the number of a stream: each stream can be drawn without drawing those before it, which is what
 * lets resamples be shared out among threads.
 *
 * sfc32 (Doty-Humphrey, PractRand): 96 bits of state beside a counter, so streams do not overlap as they would on the single cycle of
 * `seededRandom`. For resampling, never for secrets.
 */
export function keyedRandom(seed: number, stream: number): () => number {
  let [a, b, c, counter] = [0, seed | 0, stream | 0, 1];
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 0x1_0000_0000;
  };
  for (let draw = 0; draw < WARM_UP; draw++) next();
  return next;
}
