/**
 * Hours since each signal was last measured.
 *
 * @param mask    [row, hour] of any number of rows (batch and signal); 1 measured, 0 missing
 * @param hours   bins in a row
 * @returns       [row, hour]; 0 where measured, `hours` where it has not been measured within the window so far
 */
export function hoursSinceObserved(mask: Float32Array, hours: number): Float32Array {
  const since = new Float32Array(mask.length);
  for (let first = 0; first < mask.length; first += hours) {
    let elapsed = hours;
    for (let hour = 0; hour < hours; hour++) {
      elapsed = mask[first + hour] === 1 ? 0 : Math.min(hours, elapsed + 1);
      since[first + hour] = elapsed;
    }
  }
  return since;
}
