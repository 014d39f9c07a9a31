/**
 * Why the log refused.
 *
 * - `topic-unknown`: no such topic or partition; create it with `ensureTopics`.
 * - `topic-mismatch`: the topic exists with another number of partitions or another way of keeping records.
 * - `invalid`: the call itself is wrong (a bad name, a record too large); the same call will never succeed.
 * - `not-assigned`: the partition is no longer ours; what was computed for it belongs to its new owner.
 * - `closed`: the log or the subscription was closed.
 * - `unavailable`: the server or the disk did not take it; the same call can succeed later.
 */
export type EventLogErrorCode =
  'topic-unknown' | 'topic-mismatch' | 'invalid' | 'not-assigned' | 'closed' | 'unavailable';

/** The log could not do what was asked; `code` says whether it makes sense to ask again. */
export class EventLogError extends Error {
  constructor(
    readonly code: EventLogErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EventLogError';
  }
}
