/** Why the registry refuses, as a closed set. */
export const REGISTRY_ERROR_CODES = [
  /** No release of this id. */
  'unknown-release',
  /** The release's state, or that of the champion, does not allow it. */
  'illegal-transition',
  /** The champion is pinned. */
  'pinned',
  /** The bundle is damaged, not understood, or has files that a bundle has not. */
  'bad-bundle',
  /** The bundle of a release that was retired long ago is no longer kept. */
  'gone',
  /** Another bundle has this id already. */
  'id-taken',
  'too-large',
  /** Something that must be said is missing or not understood. */
  'bad-request',
  /** The folder of the registry does not hold what it should; a person has to look. */
  'damaged-store',
  /** Another process has the folder open. */
  'in-use',
  'unauthorised',
  /** The registry could not be reached or failed; a later attempt can succeed. */
  'unavailable',
] as const;

/** One of {@link REGISTRY_ERROR_CODES}. */
export type RegistryErrorCode = (typeof REGISTRY_ERROR_CODES)[number];

/** The registry did not do what it was asked for; the message says why and what to do. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';

  constructor(
    readonly code: RegistryErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
