import type { EvaluateOptions } from '../command-line.js';

/** Says of a table that not all stays were read; nothing where they were. */
export function subsampleNotes({ maxStays }: Pick<EvaluateOptions, 'maxStays'>): string[] {
  return maxStays === undefined ? [] : [`A subsample: the first ${maxStays} stays only.`];
}
