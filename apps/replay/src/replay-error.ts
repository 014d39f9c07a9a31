/** A replay could not start or go on; the message says why and what to do. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}
