import type { TrainOptions } from '../command-line.js';
import type { WarmStart } from '../warm-start.js';

/**
 * The moment before which all stays of the hospital's own ended that a release has learned from, itself or by the weights that it took over, epoch
 * milliseconds; undefined where there are none. Without `--until` nothing tells but that they have ended by now.
 */
export function learnedBefore(
  { dataset, until }: Pick<TrainOptions, 'dataset' | 'until'>,
  warmStart: Pick<WarmStart, 'learnedBeforeMs'> | undefined,
  nowMs: number,
): number | undefined {
  const own = dataset.some(({ id }) => id === 'local') ? (until ?? nowMs) : undefined;
  const known = [own, warmStart?.learnedBeforeMs].filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
