import type { ModelResponse } from '#wire';

/** What is known about the model, and since when it is no news. */
export interface ModelState {
  /** The newest answer; undefined before the first. */
  readonly answer: ModelResponse | undefined;
  /** When it came, on the clock of this page. */
  readonly receivedAtMs: number;
  /** Why the newest attempt failed, for people; the answer stands as it was. */
  readonly problem: string | undefined;
  /** The clock of this page when it was last looked at. */
  readonly lookedAtMs: number;
}

/** Before the first answer. */
export const NO_MODEL_YET: ModelState = { answer: undefined, receivedAtMs: 0, problem: undefined, lookedAtMs: 0 };

/** The state after an attempt to read, which gave an answer or the reason why not. */
export function afterReading(before: ModelState, read: ModelResponse | string, nowMs: number): ModelState {
  return typeof read === 'string'
    ? { ...before, problem: read, lookedAtMs: nowMs }
    : { answer: read, receivedAtMs: nowMs, problem: undefined, lookedAtMs: nowMs };
}

/** The gateway's clock now: the answer's, gone on for as long as this page has held it. Two clocks that differ do no harm. */
export function gatewayNowMs({ answer, receivedAtMs, lookedAtMs }: ModelState): number {
  return (answer?.nowMs ?? 0) + Math.max(0, lookedAtMs - receivedAtMs);
}
