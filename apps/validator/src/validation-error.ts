/** A validation that cannot be done as it was asked for; the message says why and what to do. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
}
