import { DatasetError } from '../dataset-error.js';

/** About 640 MB: the demo has 1 million values, the whole eICU-CRD a thousand times more. */
const MAX_VALUES = 20_000_000;

/** Numbers kept of a value: series, value, offset and revised offset in minutes. */
const WIDTH = 4;

/** One value of a table. Offsets are minutes from unit admission. */
export interface TableValue {
  /** Which series, an index that the table's reader gives a meaning. */
  readonly series: number;
  readonly value: number;
  readonly offsetMinutes: number;
  /** When the result was last revised; NaN where the table does not say. */
  readonly revisedMinutes: number;
}

/**
 * The values of one table by stay, since the official files do not keep a stay's rows together. 32 bytes a value; refuses to hold
 * more than 20 million.
 */
export class StayValues {
  readonly #byStay = new Map<string, number[]>();
  readonly #table: string;
  #count = 0;
  #allOnTheHour = true;

  constructor(table: string, stayIds: Iterable<string>) {
    this.#table = table;
    for (const stayId of stayIds) this.#byStay.set(stayId, []);
  }

  /** Returns false when the stay is not one of the patient table. */
  add(stayId: string, { series, value, offsetMinutes, revisedMinutes }: TableValue): boolean {
    const values = this.#byStay.get(stayId);
    if (values === undefined) return false;
    this.#count += 1;
    if (this.#count > MAX_VALUES) {
      throw new DatasetError(
        `eicu-demo: ${this.#table} holds more than ${MAX_VALUES} values, which is more than the demo has and more than this ` +
          'reader keeps in memory. Give the folder of the demo, or cut the tables to fewer stays.',
      );
    }
    values.push(series, value, offsetMinutes, revisedMinutes);
    if (offsetMinutes % 60 !== 0) this.#allOnTheHour = false;
    return true;
  }

  /** Whether every row stands at a full hour: then the table was summed up by the hour, and a row speaks of the hour that follows. */
  isHourly(): boolean {
    return this.#allOnTheHour;
  }

  /** Hands out a stay's values once and forgets them. */
  *take(stayId: string): Generator<TableValue> {
    const values = this.#byStay.get(stayId) ?? [];
    this.#byStay.delete(stayId);
    for (let at = 0; at < values.length; at += WIDTH) {
      const [series, value, offsetMinutes, revisedMinutes] = values.slice(at, at + WIDTH) as [
        number,
        number,
        number,
        number,
      ];
      yield { series, value, offsetMinutes, revisedMinutes };
    }
  }
}
