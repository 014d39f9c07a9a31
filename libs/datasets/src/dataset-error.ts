/** A data set could not be read; the message says what was looked for, what was found and what to do. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}
