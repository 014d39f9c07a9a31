/**
 * `wanted` of the numbers below `count`, ascending, each as likely as any other; all of them where there are no more than that.
 *
 * Selection sampling (Knuth, The Art of Computer Programming 3.4.2, algorithm S). Draws no random number where all are taken.
 */
export function drawAscending(count: number, wanted: number, random: () => number): Int32Array {
  if (wanted >= count) return Int32Array.from({ length: count }, (_, one) => one);
  const drawn = new Int32Array(wanted);
  let taken = 0;
  for (let one = 0; taken < wanted; one++) if (random() * (count - one) < wanted - taken) drawn[taken++] = one;
  return drawn;
}
