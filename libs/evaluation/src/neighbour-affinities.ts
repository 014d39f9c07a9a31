/** Halvings of the search for a point's bandwidth; it stops as soon as the perplexity is met. */
const MAX_HALVINGS = 100;
/** Difference of the entropy, in nats, that counts as met. */
const TOLERANCE = 1e-9;

/**
 * How much each point takes every other for its neighbour: Gaussian weights whose bandwidth gives each point the same perplexity, which is
 * about its number of neighbours (van der Maaten and Hinton, JMLR 2008;9:2579, eq. 1).
 *
 * @param points     [point][dimension]
 * @param perplexity more than 1, less than the number of other points
 * @returns [point][other], flat; each row sums to 1. Where more points coincide than the perplexity asks for, they share the row evenly
 */
export function conditionalAffinities(points: readonly ArrayLike<number>[], perplexity: number): Float64Array {
  const count = points.length;
  if (!(perplexity > 1 && perplexity < count - 1))
    throw new RangeError(`perplexity ${perplexity} for ${count} points: expected above 1 and below ${count - 1}`);
  const affinities = new Float64Array(count * count);
  const distances = new Float64Array(count);
  for (let point = 0; point < count; point++) {
    for (let other = 0; other < count; other++) distances[other] = squaredDistance(points[point]!, points[other]!);
    calibrateRow(distances, point, Math.log(perplexity), affinities.subarray(point * count, (point + 1) * count));
  }
  return affinities;
}

/**
 * Symmetric affinities of all pairs, together 1.
 *
 * @returns upper triangle without the diagonal, row by row: (0, 1), (0, 2), ... (1, 2), ...; a pair and its mirror image have half of the
 *   sum each, so the triangle sums to 1/2
 */
export function pairAffinities(conditional: Float64Array, count: number): Float64Array {
  const pairs = new Float64Array((count * (count - 1)) / 2);
  let pair = 0;
  for (let point = 0; point < count; point++)
    for (let other = point + 1; other < count; other++)
      pairs[pair++] = (conditional[point * count + other]! + conditional[other * count + point]!) / (2 * count);
  return pairs;
}

/** Finds the bandwidth of one point by bisection and writes its row. */
function calibrateRow(distances: Float64Array, self: number, wantedEntropy: number, row: Float64Array): void {
  let nearest = Infinity;
  for (let other = 0; other < distances.length; other++)
    if (other !== self) nearest = Math.min(nearest, distances[other]!);
  let [precision, low, high] = [1, 0, Infinity];
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const excess = writeRow(distances, self, nearest, precision, row) - wantedEntropy;
    if (Math.abs(excess) < TOLERANCE) return;
    if (excess > 0) low = precision;
    else high = precision;
    precision = high === Infinity ? 2 * precision : (low + high) / 2;
  }
}

/** Writes a row for a bandwidth, and returns its entropy in nats. */
function writeRow(
  distances: Float64Array,
  self: number,
  nearest: number,
  precision: number,
  row: Float64Array,
): number {
  let [sum, weighted] = [0, 0];
  for (let other = 0; other < row.length; other++) {
    const beyond = distances[other]! - nearest;
    const weight = other === self ? 0 : Math.exp(-precision * beyond);
    row[other] = weight;
    sum += weight;
    if (weight > 0) weighted += weight * beyond;
  }
  for (let other = 0; other < row.length; other++) row[other]! /= sum;
  return Math.log(sum) + (precision * weighted) / sum;
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let dimension = 0; dimension < a.length; dimension++) sum += (a[dimension]! - b[dimension]!) ** 2;
  return sum;
}
