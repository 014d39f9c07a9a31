type Dims = readonly (number | null)[];

/** Lengths of the result of a two-place operation that broadcasts. */
export function broadcastDims(a: Dims, b: Dims): (number | null)[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = atFromEnd(a, rank - i);
    const right = atFromEnd(b, rank - i);
    if (left === 1) return right;
    if (right === 1) return left;
    return left ?? right;
  });
}

/** Lengths after a reshape; the -1 is worked out where everything is known. */
export function reshapedDims(from: Dims, shape: readonly number[]): (number | null)[] {
  const rest = shape.reduce((product, one) => (one === -1 ? product : product * one), 1);
  const total = from.reduce<number | null>(
    (product, one) => (product === null || one === null ? null : product * one),
    1,
  );
  return shape.map((one) => (one === -1 ? (total === null ? null : total / rest) : one));
}

/** Lengths after averaging or summing axes away. */
export function reducedDims(from: Dims, axes: readonly number[], keepDims: boolean): (number | null)[] {
  const gone = new Set(axes.map((axis) => axisFromStart(from, axis)));
  return from.flatMap((one, i) => (gone.has(i) ? (keepDims ? [1] : []) : [one]));
}

/** The same axis, counted from the start. */
export function axisFromStart(dims: Dims, axis: number): number {
  return axis < 0 ? axis + dims.length : axis;
}

/** Lengths with one axis changed. */
export function withAxis(dims: Dims, axis: number, length: number | null): (number | null)[] {
  const at = axisFromStart(dims, axis);
  return dims.map((one, i) => (i === at ? length : one));
}

function atFromEnd(dims: Dims, fromEnd: number): number | null {
  const value = dims[dims.length - fromEnd];
  return value === undefined ? 1 : value;
}
