/**
 * Share of deaths among the nearest neighbours of each point, by Euclidean distance; of equally near ones the first given count.
 *
 * @param points    [point, width]
 * @param neighbours [neighbour, width]
 * @param labels    [neighbour] 1 died, 0 survived
 * @param count     neighbours that are asked, or all where there are fewer
 */
export function neighbourMortality(
  points: Float32Array,
  neighbours: Float32Array,
  labels: Float32Array,
  width: number,
  count: number,
): Float32Array {
  const asked = Math.min(count, labels.length);
  const distances = new Float64Array(labels.length);
  return Float32Array.from({ length: points.length / width }, (_, point) => {
    for (let other = 0; other < distances.length; other++) {
      let sum = 0;
      for (let at = 0; at < width; at++) sum += (points[point * width + at]! - neighbours[other * width + at]!) ** 2;
      distances[other] = sum;
    }
    const farthest = Float64Array.from(distances).sort()[asked - 1]!;
    let [deaths, counted] = [0, 0];
    // those strictly nearer first, then ties in order until enough are asked
    for (const tied of [false, true]) {
      for (let other = 0; other < distances.length && counted < asked; other++) {
        if (tied ? distances[other] !== farthest : distances[other]! >= farthest) continue;
        deaths += labels[other]!;
        counted++;
      }
    }
    return deaths / asked;
  });
}
