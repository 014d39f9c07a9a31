import type { EvaluateOptions } from '../command-line.js';
import { UsageError } from '../run-context.js';

/**
 * Refuses to write tables without a row.
 *
 * @param count windows of the stays chosen, at all hours
 * @throws UsageError when there are none
 */
export function requireWindows(
  dataId: string,
  count: number,
  { hours, split }: Pick<EvaluateOptions, 'hours' | 'split'>,
): void {
  if (count === 0)
    throw new UsageError(
      `${dataId}: no window of the stays chosen by --split ${split} ends at ${hours.join(', ')} hours; choose other stays with --split or --part, other hours, or read more stays (--max-stays)`,
    );
}
