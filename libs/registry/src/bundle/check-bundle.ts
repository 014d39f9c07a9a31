import { BundleError, readManifest } from '#model';
import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleFile } from '../decision.js';
import { RegistryError } from '../registry-error.js';
import { isPlainFileName, MANIFEST_FILE, MAX_BUNDLE_BYTES, MAX_BUNDLE_FILES, UNNAMED_FILES } from './bundle-limits.js';

/** A bundle that is in order. */
export interface CheckedBundle {
  readonly releaseId: string;
  /** SHA-256 of manifest.json. */
  readonly digest: string;
  /** The manifest, the files that it names, and a model card if there is one. */
  readonly files: readonly BundleFile[];
}

/**
 * Checks the folder of a bundle: a manifest that this version understands, every file that it names with the digest that it says,
 * and nothing else.
 *
 * @throws RegistryError `bad-bundle` or `too-large`
 */
export async function checkBundle(directory: string): Promise<CheckedBundle> {
  const names = await namesIn(directory);
  const manifest = await readManifest(directory).catch((error: unknown) => {
    if (error instanceof BundleError) throw new RegistryError('bad-bundle', error.message, { cause: error });
    throw error;
  });
  const named = new Map<string, string | undefined>(Object.entries(manifest.files));
  const files: BundleFile[] = [];
  for (const name of new Set([MANIFEST_FILE, ...named.keys(), ...names])) {
    const expected = named.get(name);
    if (expected === undefined && name !== MANIFEST_FILE && !UNNAMED_FILES.includes(name))
      throw bad(
        `the bundle has a file ${name} that its manifest does not name; expected ${[...named.keys()].join(', ')}`,
      );
    if (!names.includes(name)) throw bad(`the manifest names ${name}, but the bundle has no such file`);
    const bytes = await readFile(join(directory, name));
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (expected !== undefined && digest !== expected)
      throw bad(`${name} has SHA-256 ${digest}, the manifest says ${expected}: it was changed or cut short`);
    files.push({ name, digest, bytes: bytes.length });
  }
  return { releaseId: manifest.releaseId, digest: files.find(({ name }) => name === MANIFEST_FILE)!.digest, files };
}

/** Names of the plain files in a folder, which must hold nothing else and not too much. */
async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new RegistryError('bad-bundle', `${directory} cannot be read: expected the folder of a bundle`, { cause });
  });
  if (names.length > MAX_BUNDLE_FILES)
    throw bad(`it has ${names.length} files; a bundle has ${MAX_BUNDLE_FILES} at most`);
  let bytes = 0;
  for (const name of names) {
    const entry = await lstat(join(directory, name));
    if (!entry.isFile() || !isPlainFileName(name)) throw bad(`"${name}" is no plain file with a plain name`);
    bytes += entry.size;
  }
  if (bytes > MAX_BUNDLE_BYTES)
    throw new RegistryError('too-large', `the bundle has ${bytes} bytes; ${MAX_BUNDLE_BYTES} are taken at most`);
  return names;
}

function bad(message: string): RegistryError {
  return new RegistryError('bad-bundle', message);
}
