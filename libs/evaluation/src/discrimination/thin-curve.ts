/**
 * Thins a curve for drawing: first the points in the middle of a straight line go, which changes nothing, then, where more than `most` are
 * left, those are kept that lie at equal steps along the curve, the ends always. What is cut off a corner shrinks with the square of `most`.
 *
 * @param points in the order of the curve
 * @param x      of a point
 * @param y      of a point
 * @param most   number of points to keep at most, 2 or more
 */
export function thinCurve<Point>(
  points: readonly Point[],
  x: (point: Point) => number,
  y: (point: Point) => number,
  most: number,
): Point[] {
  if (!Number.isInteger(most) || most < 2)
    throw new RangeError(`a curve of at most ${most} points was asked for; expected 2 or more`);
  const corners = points.filter((point, at) => {
    const before = points[at - 1];
    const after = points[at + 1];
    if (before === undefined || after === undefined) return true;
    return (x(point) - x(before)) * (y(after) - y(point)) !== (x(after) - x(point)) * (y(point) - y(before));
  });
  if (corners.length <= most) return corners;
  const lengths = [0];
  for (let at = 1; at < corners.length; at++) {
    const step = Math.abs(x(corners[at]!) - x(corners[at - 1]!)) + Math.abs(y(corners[at]!) - y(corners[at - 1]!));
    lengths.push(lengths[at - 1]! + step);
  }
  const stepLength = lengths.at(-1)! / (most - 1);
  let next = 0;
  return corners.filter((_, at) => {
    if (at === corners.length - 1) return true;
    if (lengths[at]! < next * stepLength || next >= most - 1) return false;
    next = Math.floor(lengths[at]! / stepLength) + 1;
    return true;
  });
}
