import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { RegistryError } from '../registry-error.js';
import { isPlainFileName, MANIFEST_FILE, MAX_BUNDLE_BYTES, MAX_BUNDLE_FILES } from './bundle-limits.js';

/** Which bundle is fetched, and where to. */
export interface FetchOptions {
  /** SHA-256 of its manifest.json. */
  readonly digest: string;
  /** http(s) URL with the files at `<location>/files/<name>`, or the file URL of a folder. */
  readonly location: string;
  /** Folder of the local cache; the bundle is in `<directory>/<digest>` then. */
  readonly directory: string;
  /** Sent as a bearer token, to http(s) locations of `tokenOrigin` only. */
  readonly token?: string | undefined;
  /** Such as `https://registry.example:3030`. */
  readonly tokenOrigin?: string | undefined;
  /** Longest wait for one file, milliseconds. @default 60_000 */
  readonly timeoutMs?: number;
}

/** Only what tells which files there are; whoever loads the bundle checks the rest. */
const filesSchema = z.looseObject({ files: z.record(z.string(), z.string()) });

/**
 * Brings a bundle into the local cache and checks every byte against the digest; one that is there already is checked again, and
 * fetched again when it is not in order.
 *
 * @returns the folder of the bundle
 * @throws RegistryError `bad-bundle` when what the location gives is not what the digest says, `unavailable` when it gives nothing now
 */
export async function fetchBundle(options: FetchOptions): Promise<string> {
  const { digest, directory } = options;
  if (!/^[0-9a-f]{64}$/.test(digest)) throw bad(`"${digest}" is no SHA-256`);
  const folder = join(directory, digest);
  if (await isInOrder(folder, digest)) {
    await utimes(folder, new Date(), new Date());
    return folder;
  }
  const partial = join(directory, `${digest}.${randomUUID()}.partial`);
  await mkdir(partial, { recursive: true });
  try {
    const get = sourceOf(options);
    await readBundleFiles(digest, get, async (name, bytes) => writeFile(join(partial, name), bytes));
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    return folder;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Names that {@link fetchBundle} gives: a bundle's digest, or one that is being fetched. */
const CACHED = /^[0-9a-f]{64}(\.[0-9a-f-]{36}\.partial)?$/;

/** Removes the bundles of a cache but for the named ones; whatever else lies in the folder is not the cache's and stays. */
export async function pruneBundles(directory: string, keep: ReadonlySet<string>): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names)
    if (CACHED.test(name) && !keep.has(name)) await rm(join(directory, name), { recursive: true, force: true });
}

type Source = (name: string) => Promise<Uint8Array>;

/** Reads the manifest and the files that it names, each checked before it is handed on. */
async function readBundleFiles(
  digest: string,
  get: Source,
  take: (name: string, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const manifest = await get(MANIFEST_FILE);
  expectDigest(MANIFEST_FILE, manifest, digest);
  await take(MANIFEST_FILE, manifest);
  const files = Object.entries(filesOf(manifest));
  if (files.length > MAX_BUNDLE_FILES)
    throw bad(`the manifest names ${files.length} files; a bundle has ${MAX_BUNDLE_FILES} at most`);
  let total = manifest.length;
  for (const [name, expected] of files) {
    if (!isPlainFileName(name)) throw bad(`the manifest names a file "${name}", which is no plain name`);
    const bytes = await get(name);
    total += bytes.length;
    if (total > MAX_BUNDLE_BYTES) throw bad(`the bundle has more than ${MAX_BUNDLE_BYTES} bytes`);
    expectDigest(name, bytes, expected);
    await take(name, bytes);
  }
}

async function isInOrder(folder: string, digest: string): Promise<boolean> {
  try {
    if (!(await stat(folder)).isDirectory()) return false;
    await readBundleFiles(
      digest,
      (name) => readFile(join(folder, name)),
      async () => undefined,
    );
    return true;
  } catch {
    return false;
  }
}

function sourceOf({ location, token, tokenOrigin, timeoutMs = 60_000 }: FetchOptions): Source {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  if (url?.protocol === 'file:') return (name) => fromFolder(fileURLToPath(url), name);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw bad(`"${location}" is no place of a bundle: expected an http, https or file URL`);
  const headers: Record<string, string> =
    token !== undefined && tokenOrigin === url.origin ? { authorization: `Bearer ${token}` } : {};
  return (name) => overHttp(`${location.replace(/\/$/, '')}/files/${name}`, headers, timeoutMs);
}

async function fromFolder(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw new RegistryError('unavailable', `${join(folder, name)} cannot be read`, { cause });
  }
}

async function overHttp(url: string, headers: Record<string, string>, timeoutMs: number): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    if (response.ok) return await boundedBytes(response, url);
  } catch (cause) {
    if (cause instanceof RegistryError) throw cause;
    throw new RegistryError('unavailable', `${url} did not answer: ${String(cause)}`, { cause });
  }
  await response.body?.cancel();
  throw new RegistryError('unavailable', `${url} answered with ${response.status}`);
}

async function boundedBytes(response: Response, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BUNDLE_BYTES) throw bad(`${url} gives more than ${MAX_BUNDLE_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function filesOf(manifest: Uint8Array): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(manifest).toString('utf8'));
  } catch (cause) {
    throw new RegistryError('bad-bundle', 'the manifest is not JSON', { cause });
  }
  const checked = filesSchema.safeParse(parsed);
  if (!checked.success) throw bad('the manifest names no files');
  return checked.data.files;
}

function expectDigest(name: string, bytes: Uint8Array, expected: string): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== expected) throw bad(`${name} has SHA-256 ${found}, expected ${expected}: it was changed or cut short`);
}

function bad(message: string): RegistryError {
  return new RegistryError('bad-bundle', message);
}
