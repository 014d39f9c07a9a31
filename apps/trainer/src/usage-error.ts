/** A wish that cannot be met as it stands; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
