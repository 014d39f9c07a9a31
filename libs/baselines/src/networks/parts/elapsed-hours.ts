/**
 * Time since the last observation, as GRU-D and BRITS define it: 0 in the first hour, then one hour more than in the hour before,
 * counted from there when that hour was measured.
 *
 * What the entry itself holds does not count: a value is predicted from what came before it.
 *
 * @param mask [row, hour] of any number of rows; 1 measured
 * @returns    [row, hour] in hours
 */
export function elapsedHours(mask: Float32Array, hours: number): Float32Array {
  const elapsed = new Float32Array(mask.length);
  for (let entry = 0; entry < mask.length; entry++) {
    if (entry % hours === 0) continue;
    elapsed[entry] = 1 + (mask[entry - 1] === 1 ? 0 : elapsed[entry - 1]!);
  }
  return elapsed;
}
