import type { NearestStays } from '../scoring/window-score.js';

const VERSION = 1;
/** Version, stays, numbers of an embedding, and the length of one step of these numbers: four bytes each. */
const HEADER_BYTES = 16;
/** Steps from 0 to the largest number of all embeddings. */
const STEPS = 127;

/**
 * Embeddings of training stays with their outcomes, and nothing else: no identifiers, no values.
 *
 * Kept as one byte a number, all on one scale, since distances are of the whole embedding. File: version, stays, width as unsigned 32-bit
 * numbers, the scale as a 32-bit float, the embeddings row by row, then a byte of outcome each (1 died); all little-endian.
 */
export class TrainingNeighbours {
  private constructor(
    /** Numbers of an embedding. */
    readonly width: number,
    private readonly scale: number,
    /** [stay, width] in steps of `scale`. */
    private readonly embeddings: Int8Array,
    /** [stay]; 1 died. */
    private readonly died: Uint8Array,
  ) {}

  /**
   * @param embeddings [stay] of [width]
   * @param died [stay]
   * @throws RangeError when there is no stay, or lengths do not fit
   */
  static of(embeddings: readonly Float32Array[], died: readonly boolean[]): TrainingNeighbours {
    const width = embeddings[0]?.length ?? 0;
    if (width === 0 || embeddings.length !== died.length || embeddings.some((one) => one.length !== width))
      throw new RangeError(
        `${embeddings.length} embeddings, ${died.length} outcomes: expected as many of both, all embeddings of one length`,
      );
    const largest = embeddings.reduce(
      (most, one) => one.reduce((now, value) => Math.max(now, Math.abs(value)), most),
      0,
    );
    const scale = Math.fround(largest / STEPS) || 1;
    const steps = new Int8Array(embeddings.length * width);
    embeddings.forEach((one, stay) => {
      for (let at = 0; at < width; at++) steps[stay * width + at] = Math.round(one[at]! / scale);
    });
    return new TrainingNeighbours(width, scale, steps, Uint8Array.from(died, Number));
  }

  /** @throws RangeError when the bytes are no such file */
  static decode(bytes: Uint8Array): TrainingNeighbours {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [version, stays, width] = bytes.length < HEADER_BYTES ? [] : [0, 4, 8].map((at) => view.getUint32(at, true));
    if (version !== VERSION || bytes.length !== HEADER_BYTES + stays! * (width! + 1))
      throw new RangeError(`not a file of neighbours of version ${VERSION}: copy the bundle again`);
    const from = bytes.byteOffset + HEADER_BYTES;
    const embeddings = new Int8Array(bytes.buffer.slice(from, from + stays! * width!));
    return new TrainingNeighbours(
      width!,
      view.getFloat32(12, true),
      embeddings,
      Uint8Array.from(bytes.subarray(HEADER_BYTES + stays! * width!)),
    );
  }

  /** How many stays there are to choose from. */
  get stays(): number {
    return this.died.length;
  }

  encode(): Uint8Array {
    const bytes = new Uint8Array(HEADER_BYTES + this.embeddings.length + this.died.length);
    const view = new DataView(bytes.buffer);
    [VERSION, this.stays, this.width].forEach((value, at) => view.setUint32(4 * at, value, true));
    view.setFloat32(12, this.scale, true);
    bytes.set(new Uint8Array(this.embeddings.buffer), HEADER_BYTES);
    bytes.set(this.died, HEADER_BYTES + this.embeddings.length);
    return bytes;
  }

  /**
   * The stays nearest by Euclidean distance; of stays that are equally far, the earlier ones.
   *
   * @param embedding its first `width` numbers are compared
   * @param count fewer are told of where there are fewer
   * @throws RangeError for a shorter embedding
   */
  nearest(embedding: Float32Array, count: number): NearestStays {
    const { width, embeddings, scale, died } = this;
    if (embedding.length < width)
      throw new RangeError(`the embedding holds ${embedding.length} numbers, expected at least ${width}`);
    const own = Float64Array.from(embedding.subarray(0, width), (value) => value / scale);
    const distances = new Float64Array(count).fill(Infinity);
    const outcomes = new Uint8Array(count);
    for (let stay = 0, from = 0; stay < this.stays; stay++, from += width) {
      const limit = distances[count - 1]!;
      let distance = 0;
      for (let at = 0; at < width && distance < limit; at++) {
        const difference = own[at]! - embeddings[from + at]!;
        distance += difference * difference;
      }
      if (distance < limit) insert(distances, outcomes, distance, died[stay]!);
    }
    return { stays: Math.min(count, this.stays), died: outcomes.reduce((sum, outcome) => sum + outcome, 0) };
  }
}

/** Puts a stay among the nearest ones, behind those that are as near; the farthest drops out. */
function insert(distances: Float64Array, outcomes: Uint8Array, distance: number, outcome: number): void {
  let at = distances.length - 1;
  for (; at > 0 && distances[at - 1]! > distance; at--) {
    distances[at] = distances[at - 1]!;
    outcomes[at] = outcomes[at - 1]!;
  }
  distances[at] = distance;
  outcomes[at] = outcome;
}
