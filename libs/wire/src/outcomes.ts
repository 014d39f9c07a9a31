/**
 * The closed set of ends that a message on `bedside-events` can come to; each is counted.
 *
 * `outranked` is an observation whose slot already holds a later one: it was taken in and kept in the history, and changes no window.
 */
export const EVENT_OUTCOMES = [
  'applied',
  'duplicate',
  'outranked',
  'late',
  'future',
  'implausible',
  'unit-unknown',
  'signal-unknown',
  'stay-unknown',
  'stay-ended',
  'over-capacity',
  'type-unknown',
  'malformed',
] as const;

/** One of {@link EVENT_OUTCOMES}. */
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** Outcomes of messages that did what they should; nobody needs to look at them. */
const QUIET_OUTCOMES: readonly EventOutcome[] = ['applied', 'duplicate', 'outranked'];

/** Outcomes that need a person, which is every other: the message goes to `dead-letters` with its origin and reason. */
export const DEAD_LETTER_OUTCOMES: ReadonlySet<EventOutcome> = new Set(
  EVENT_OUTCOMES.filter((outcome) => !QUIET_OUTCOMES.includes(outcome)),
);
