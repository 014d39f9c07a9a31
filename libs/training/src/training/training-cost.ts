/** What a training has taken so far, over all its runs: interruptions left out, memory of whichever run had most. */
export interface TrainingCost {
  /** Wall time, ms. */
  readonly elapsedMs: number;
  /** Memory of the process at most, MiB; absent where nobody measures it. */
  readonly memoryPeakMb?: number;
}

/** Goes on counting from what a checkpoint says. */
export function costFrom(
  before: TrainingCost | undefined,
  nowMs: () => number,
  memoryPeakMb?: () => number,
): () => TrainingCost {
  const startedAtMs = nowMs() - (before?.elapsedMs ?? 0);
  return () => {
    const peaks = [before?.memoryPeakMb, memoryPeakMb?.()].filter((peak) => peak !== undefined);
    return { elapsedMs: nowMs() - startedAtMs, ...(peaks.length === 0 ? {} : { memoryPeakMb: Math.max(...peaks) }) };
  };
}
