import type { ValidationResult } from '#training';

/** The best epoch of each risk network by validation, counted from 1 over its own stage of the training. */
export function bestEpochsOf(history: readonly ValidationResult[], members: number): number[] {
  return Array.from({ length: members }, (_, member) => {
    const own = history.filter((one) => one.member === member);
    return 1 + own.reduce((best, { meanAuroc }, epoch) => (meanAuroc > own[best]!.meanAuroc ? epoch : best), 0);
  });
}
