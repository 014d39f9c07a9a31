/** Rows of equal length one after the other, as the outermost axis of a batch. */
export function joined(rows: readonly Float32Array[]): Float32Array {
  const size = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * size);
  rows.forEach((row, index) => all.set(row, index * size));
  return all;
}
