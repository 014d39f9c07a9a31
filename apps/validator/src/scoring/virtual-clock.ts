import type { ReplayClock } from '#replay';

/** When the first stay of every validation is admitted. Noise is keyed by the time that a stay is due, so the date must not change. */
export const VALIDATION_ANCHOR_MS = Date.UTC(2020, 0, 1);

/** A moment after every replayed event: nothing that is replayed lies in the future. */
const AFTER_ALL_MS = Date.UTC(2100, 0, 1);

/** The clock of a validation: no time passes while it is replayed, and a wait is over at once. */
export const VIRTUAL_CLOCK: ReplayClock = {
  nowMs: () => AFTER_ALL_MS,
  sleep: () => Promise.resolve(),
};
