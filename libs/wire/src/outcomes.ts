/**
 * The closed set of ends that a message on `bedside-events` can come to; each is counted.
 *
 * `outranked` is an observation whose slot already holds a later one: it was taken in and kept in the history, and changes no window. It is also
 * a message about a stay's life (admission, transfer, end, cancellation) that is older by its log timestamp than what the stay has been through
 * since: such a message is one that was sent twice. `stay-merged` and `stay-cancelled` are messages of stays that were given up.
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
  'stay-merged',
  'stay-cancelled',
  'merge-refused',
  'nothing-to-cancel',
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
