/** The training set could not do what was asked; the message says what to do. */
export class TrainingSetError extends Error {
  override readonly name = 'TrainingSetError';
}
