import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a cell holds: JSON, and numbers too many for it. */
export interface CellContent<Value> {
  readonly value: Value;
  readonly arrays?: Readonly<Record<string, Float32Array>>;
}

/** A cell that another one read, with its cost. */
export interface InnerCell {
  readonly name: string;
  readonly file: string;
  readonly wallMs: number;
  readonly code: string;
}

/** A cell as it lies on disk. */
export interface StoredCell<Value> extends CellContent<Value> {
  readonly arrays: Readonly<Record<string, Float32Array>>;
  /** What decided the cell, for a reader of the file. */
  readonly decides: unknown;
  /** Code that computed it. */
  readonly code: string;
  /** Wall time of its computation, without that of cells within it. */
  readonly wallMs: number;
  /** Cells that its computation read or computed; absent where there were none. */
  readonly within?: readonly InnerCell[];
}

interface Header {
  readonly value: unknown;
  readonly decides: unknown;
  readonly code: string;
  readonly wallMs: number;
  readonly within?: readonly InnerCell[];
  readonly arrays: readonly { readonly name: string; readonly length: number }[];
}

const NEWLINE = 0x0a;
const FLOAT_BYTES = 4;
/** Numbers that JSON cannot say, as texts. */
const NOT_FINITE: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity };

/**
 * Writes a cell: a line of JSON (`head -1` shows it), then its arrays as little-endian 32-bit floats.
 *
 * Written beside its place, synced and renamed, so that a file of that name is always whole.
 */
export async function writeCell(path: string, cell: StoredCell<unknown>): Promise<void> {
  const arrays = Object.entries(cell.arrays);
  const header: Header = {
    value: cell.value,
    decides: cell.decides,
    code: cell.code,
    wallMs: cell.wallMs,
    ...(cell.within === undefined ? {} : { within: cell.within }),
    arrays: arrays.map(([name, { length }]) => ({ name, length })),
  };
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  const file = await open(partial, 'w');
  try {
    await writeAll(file, Buffer.from(`${JSON.stringify(header, spellNumber)}\n`));
    for (const [, { buffer, byteOffset, byteLength }] of arrays)
      await writeAll(file, Buffer.from(buffer, byteOffset, byteLength));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

/** Reads a cell. @returns undefined where there is none, or one that is not whole */
export async function readCell<Value>(path: string): Promise<StoredCell<Value> | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  const end = bytes?.indexOf(NEWLINE) ?? -1;
  if (bytes === undefined || end < 0) return undefined;
  const header = parseHeader(bytes.toString('utf8', 0, end));
  if (header === undefined) return undefined;
  const floats = header.arrays.reduce((sum, { length }) => sum + length, 0);
  if (bytes.length !== end + 1 + floats * FLOAT_BYTES) return undefined;
  const arrays: Record<string, Float32Array> = {};
  let at = bytes.byteOffset + end + 1;
  for (const { name, length } of header.arrays) {
    arrays[name] = new Float32Array(bytes.buffer.slice(at, at + length * FLOAT_BYTES));
    at += length * FLOAT_BYTES;
  }
  return { ...header, value: header.value as Value, arrays };
}

/** The first line of a cell; undefined for any other text. */
function parseHeader(line: string): Header | undefined {
  try {
    const header = JSON.parse(line, readNumber) as Partial<Header> | null;
    return Array.isArray(header?.arrays) ? (header as Header) : undefined;
  } catch {
    return undefined;
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}

function spellNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function readNumber(_key: string, value: unknown): unknown {
  return typeof value === 'string' && Object.hasOwn(NOT_FINITE, value) ? NOT_FINITE[value] : value;
}
