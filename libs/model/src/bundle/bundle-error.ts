/** A folder that is not a bundle this version can serve; the message says what is wrong, what was expected and what to do. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}
