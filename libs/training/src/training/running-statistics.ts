/** Share of the running averages kept at each step. */
const KEPT = 0.98;

/** Running averages of the risk network's batch normalisation, which no gradient moves. */
export interface RunningStatistics {
  mean: Float32Array;
  variance: Float32Array;
}

/** Takes a batch's statistics into the running averages; the first batch replaces the untrained start. */
export function updateStatistics(running: RunningStatistics, batch: RunningStatistics, step: number): void {
  const kept = Math.min(KEPT, step / (step + 10));
  for (const which of ['mean', 'variance'] as const) {
    running[which] = running[which].map((value, unit) => kept * value + (1 - kept) * batch[which][unit]!);
  }
}
