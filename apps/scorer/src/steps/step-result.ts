import type { EventOutcome } from '#wire';

/** A message that ends here, with its outcome and, for the dead-letter topic, what was wrong and what was expected. */
export interface Rejection {
  readonly ok: false;
  readonly outcome: EventOutcome;
  /** Names no person. */
  readonly detail: string;
}

/** What a step hands on, or the end of the message. Bad data is a value, never an exception. */
export type StepResult<T> = { readonly ok: true; readonly value: T } | Rejection;

/** Ends a message. */
export function rejected(outcome: EventOutcome, detail: string): Rejection {
  return { ok: false, outcome, detail };
}

/** Hands a value on. */
export function passed<T>(value: T): StepResult<T> {
  return { ok: true, value };
}
