import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collectWindows, type CollectOptions } from './collect-windows.js';
import type { WindowStore } from './recorded-window.js';

/** Raise it when what a window holds changes, so that no old cache is read. */
const CACHE_VERSION = 2;

/** Windows, and the digest that names this very data. */
export interface CollectedWindows {
  readonly store: WindowStore;
  /** SHA-256 of labels and values, hex. */
  readonly digest: string;
  readonly fromCache: boolean;
}

/**
 * The windows of {@link collectWindows}, kept in a file, since cutting them takes minutes and reading them a second.
 *
 * The file is named by a digest of the settings and of every source file's name, size and date; another source makes another file. One that was cut short is
 * made anew.
 */
export async function cachedWindows(options: CollectOptions, cacheDirectory: string): Promise<CollectedWindows> {
  const path = join(cacheDirectory, `windows-${await cacheKey(options)}.bin`);
  const cached = await readStore(path);
  if (cached !== undefined) return { ...cached, fromCache: true };
  const store = await collectWindows(options);
  const bytes = encodeStore(store);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.partial`, bytes, { flush: true });
  await rename(`${path}.partial`, path);
  return { store, digest: digestOf(bytes), fromCache: false };
}

async function cacheKey(options: CollectOptions): Promise<string> {
  const { datasets, signals, randomEnds, seed, maxStays, parts, endHours, withoutOutcome, endedBeforeMs } = options;
  const sources = [];
  for (const { id, path, parts: named } of datasets) sources.push({ id, parts: named, files: await listFiles(path) });
  const decides = {
    version: CACHE_VERSION,
    sources,
    signals,
    randomEnds,
    seed,
    maxStays,
    parts,
    endHours,
    withoutOutcome,
    endedBeforeMs,
  };
  return digestOf(Buffer.from(JSON.stringify(decides))).slice(0, 16);
}

/** Name, size and date of the files of a folder and its folders; what cannot be read has none, and reading the data set will say why. */
async function listFiles(path: string): Promise<string[]> {
  const names = await readdir(path).catch(() => []);
  const lines = [];
  for (const name of names.sort()) {
    const found = await stat(join(path, name));
    lines.push(`${name} ${found.size} ${found.mtimeMs}`);
    if (found.isDirectory()) lines.push(...(await listFiles(join(path, name))));
  }
  return lines;
}

/** A length, the labels as JSON padded to four bytes, then the values. */
function encodeStore({ signals, hours, labels, values }: WindowStore): Buffer {
  const text = JSON.stringify({ signals, hours, labels });
  const header = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 4) * 4, ' ');
  header.write(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}

async function readStore(path: string): Promise<{ store: WindowStore; digest: string } | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined || bytes.length < 4) return undefined;
  const start = 4 + bytes.readUInt32LE(0);
  if (bytes.length < start) return undefined;
  const { signals, hours, labels } = JSON.parse(bytes.toString('utf8', 4, start)) as Omit<WindowStore, 'values'>;
  const size = Float32Array.BYTES_PER_ELEMENT * signals.length * hours * labels.length;
  if (bytes.length !== start + size) return undefined;
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
  return { store: { signals, hours, labels, values }, digest: digestOf(bytes) };
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
