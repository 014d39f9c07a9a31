/** A recording of topics that cannot be written or read; the message says what is wrong with it and what to do. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}
