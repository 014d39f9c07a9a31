/** Largest sum of a bundle's files, bytes. */
export const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;

/** Most files of a bundle. */
export const MAX_BUNDLE_FILES = 16;

/** Name of a bundle's manifest. */
export const MANIFEST_FILE = 'manifest.json';

/** Files that a bundle may have without naming them in its manifest; no scorer reads them. */
export const UNNAMED_FILES: readonly string[] = ['MODEL_CARD.md'];

/** Whether a text is a plain file name: no folder, no way out of one, nothing hidden. */
export function isPlainFileName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name);
}
