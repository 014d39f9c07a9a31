import type { NetworkWeights, WeightArray } from '#network';

/** Largest header that is read; the format itself allows 100 MB. */
const MAX_HEADER_BYTES = 10_000_000;
const HEADER_ALIGNMENT = 8;

/** A file that is not what it says it is. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

/**
 * Writes arrays of 32-bit floats in the safetensors format: a little-endian 64-bit header length, a JSON header padded with spaces to
 * eight bytes, then the arrays, sorted by name, without gaps (https://huggingface.co/docs/safetensors).
 *
 * Equal weights give equal bytes.
 */
export function encodeSafetensors(weights: NetworkWeights, metadata: Record<string, string> = {}): Buffer {
  const names = Object.keys(weights).sort();
  let end = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const name of names) {
    const { shape, values } = weights[name]!;
    const begin = end;
    end += values.byteLength;
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] };
  }
  const text = JSON.stringify(header);
  const headerBytes = Math.ceil(Buffer.byteLength(text) / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  const file = Buffer.alloc(8 + headerBytes + end, ' ');
  file.writeBigUInt64LE(BigInt(headerBytes), 0);
  file.write(text, 8);
  let at = 8 + headerBytes;
  for (const name of names) for (const value of weights[name]!.values) at = file.writeFloatLE(value, at);
  return file;
}

/**
 * Reads what {@link encodeSafetensors} writes, and any safetensors file that holds 32-bit floats only.
 *
 * @throws SafetensorsError when the header is not one, an array is of another kind, or bytes overlap, are missing or left over
 */
export function decodeSafetensors(file: Buffer): NetworkWeights {
  const header = readHeader(file);
  const entries = Object.entries(header.arrays).sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  const weights: Record<string, WeightArray> = {};
  let expected = 0;
  for (const [name, { shape, begin, end }] of entries) {
    if (begin !== expected) throw new SafetensorsError(`${name} starts at byte ${begin}, expected ${expected}`);
    const size = shape.reduce((product, length) => product * length, 1);
    if (end - begin !== 4 * size)
      throw new SafetensorsError(
        `${name} has ${end - begin} bytes, expected ${4 * size} for shape [${shape.join(', ')}]`,
      );
    expected = end;
    if (header.dataStart + end > file.length) throw new SafetensorsError(`${name} ends after the end of the file`);
    const values = Float32Array.from({ length: size }, (_, index) =>
      file.readFloatLE(header.dataStart + begin + 4 * index),
    );
    weights[name] = { shape, values };
  }
  if (header.dataStart + expected !== file.length)
    throw new SafetensorsError(`${file.length - header.dataStart - expected} bytes after the last array`);
  return weights;
}

/** The texts that a safetensors file carries beside its arrays; empty when there are none. */
export function safetensorsMetadata(file: Buffer): Record<string, string> {
  return readHeader(file).metadata;
}

interface ArrayHeader {
  readonly shape: number[];
  readonly begin: number;
  readonly end: number;
}

interface FileHeader {
  readonly arrays: Record<string, ArrayHeader>;
  readonly metadata: Record<string, string>;
  readonly dataStart: number;
}

function readHeader(file: Buffer): FileHeader {
  if (file.length < 8) throw new SafetensorsError('shorter than its length field');
  const headerBytes = Number(file.readBigUInt64LE(0));
  if (headerBytes > MAX_HEADER_BYTES || 8 + headerBytes > file.length)
    throw new SafetensorsError(`a header of ${headerBytes} bytes does not fit a file of ${file.length}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(file.toString('utf8', 8, 8 + headerBytes));
  } catch (cause) {
    throw new SafetensorsError('the header is not JSON', { cause });
  }
  if (typeof parsed !== 'object' || parsed === null) throw new SafetensorsError('the header is not an object');
  const arrays = Object.entries(parsed)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, description]) => [name, arrayHeader(name, description)] as const);
  const { __metadata__: metadata = {} } = parsed as { __metadata__?: Record<string, string> };
  return { arrays: Object.fromEntries(arrays), metadata, dataStart: 8 + headerBytes };
}

function arrayHeader(name: string, description: unknown): ArrayHeader {
  const { dtype, shape, data_offsets: offsets } = Object(description) as Record<string, unknown>;
  if (dtype !== 'F32') throw new SafetensorsError(`${name} is of type ${String(dtype)}, expected F32`);
  const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isCount)) throw new SafetensorsError(`${name} has no usable shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw new SafetensorsError(`${name} has no usable data_offsets`);
  return { shape: [...shape], begin: offsets[0]!, end: offsets[1]! };
}
