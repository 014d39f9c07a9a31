/** What a slot remembers of the observation that it keeps; the precision is part of the format. */
export interface SlotEntry {
  /** Seconds from the slot's start to the effective time, 0 to 3,599. */
  readonly offsetS: number;
  /** Available minus effective time in units of 2 s; 65,535 stands for 36.4 hours and more. */
  readonly delay: number;
  /** Rank of the source, 0 to 14. */
  readonly source: number;
  /** Value as a 32-bit float. */
  readonly value: number;
}

/** What became of an entry that was offered to a slot. */
export type RegisterResult = 'applied' | 'duplicate' | 'outranked';

const BYTES_PER_SLOT = 8;
const SOURCE_BITS = 4;
const SOURCE_MASK = 0b1111;

/**
 * Fixed table of last-writer-wins registers, 8 bytes each: value (float), offset and source (12 + 4 bits), delay (16 bits).
 *
 * A register keeps the greatest entry by (offset, delay, source, value), which is (effective time, available time, source, value).
 * Greatest-of is commutative, associative and idempotent, hence so is the table.
 */
export class SlotTable {
  readonly #values: Float32Array;
  /** Offset << 4 | source + 1; 0 is an empty slot. */
  readonly #stamps: Uint16Array;
  readonly #delays: Uint16Array;

  /** @param slots number of registers, all empty */
  constructor(slots: number) {
    const buffer = new ArrayBuffer(slots * BYTES_PER_SLOT);
    this.#values = new Float32Array(buffer, 0, slots);
    this.#stamps = new Uint16Array(buffer, slots * 4, slots);
    this.#delays = new Uint16Array(buffer, slots * 6, slots);
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#values.buffer.byteLength;
  }

  isEmpty(slot: number): boolean {
    return this.#stamps[slot] === 0;
  }

  /** Value of an occupied slot. */
  value(slot: number): number {
    return this.#values[slot]!;
  }

  /** The entry of a slot, or undefined when it is empty. */
  entry(slot: number): SlotEntry | undefined {
    const stamp = this.#stamps[slot]!;
    if (stamp === 0) return undefined;
    return {
      offsetS: stamp >>> SOURCE_BITS,
      delay: this.#delays[slot]!,
      source: (stamp & SOURCE_MASK) - 1,
      value: this.#values[slot]!,
    };
  }

  /** Keeps the greater of the slot's entry and the offered one. */
  offer(slot: number, entry: SlotEntry): RegisterResult {
    const stamp = (entry.offsetS << SOURCE_BITS) | (entry.source + 1);
    const order = this.#stamps[slot] === 0 ? 1 : this.#compare(slot, entry);
    if (order === 0) return 'duplicate';
    if (order < 0) return 'outranked';
    this.#values[slot] = entry.value;
    this.#stamps[slot] = stamp;
    this.#delays[slot] = entry.delay;
    return 'applied';
  }

  clear(from: number, to: number): void {
    this.#values.fill(0, from, to);
    this.#stamps.fill(0, from, to);
    this.#delays.fill(0, from, to);
  }

  /** Positive when the offered entry is greater than the slot's, 0 when they are equal. */
  #compare(slot: number, entry: SlotEntry): number {
    const stamp = this.#stamps[slot]!;
    return (
      entry.offsetS - (stamp >>> SOURCE_BITS) ||
      entry.delay - this.#delays[slot]! ||
      entry.source + 1 - (stamp & SOURCE_MASK) ||
      Math.sign(entry.value - this.#values[slot]!)
    );
  }
}
