import type { ValidationResult } from '#training';

/** The best epoch of each risk network that was trained, by validation, counted from 1 over its own stage. */
export function bestEpochsOf(history: readonly ValidationResult[], members: number): number[] {
  return Array.from({ length: members }, (_, member) => member).flatMap((member) => {
    const own = history.filter((one) => one.member === member);
    if (own.length === 0) return [];
    return 1 + own.reduce((best, { meanAuroc }, epoch) => (meanAuroc > own[best]!.meanAuroc ? epoch : best), 0);
  });
}
