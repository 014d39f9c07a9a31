/** What a column of a staged table holds. */
export type Cell = string | number | null;

/** Rows of a chunk, as DuckDB hands them out. */
interface RowChunk {
  readonly rowCount: number;
  getRows(): unknown[][];
}

/** Rows sorted by stay, handed out stay by stay; one chunk (2,048 rows) and one stay are in memory at a time. */
export class StayRows {
  readonly #fetch: () => Promise<RowChunk | null | undefined>;
  #rows: readonly (readonly Cell[])[] = [];
  #next = 0;
  #done = false;

  constructor(fetch: () => Promise<RowChunk | null | undefined>) {
    this.#fetch = fetch;
  }

  /** The rows whose first column is this stay's number. Ask in ascending order: what lies before it is passed over. */
  async take(stay: number): Promise<readonly (readonly Cell[])[]> {
    const taken: (readonly Cell[])[] = [];
    while (await this.#hasRow()) {
      const row = this.#rows[this.#next]!;
      const number = row[0] as number;
      if (number > stay) break;
      this.#next += 1;
      if (number === stay) taken.push(row);
    }
    return taken;
  }

  async #hasRow(): Promise<boolean> {
    while (this.#next >= this.#rows.length && !this.#done) {
      const chunk = await this.#fetch();
      if (chunk === null || chunk === undefined || chunk.rowCount === 0) this.#done = true;
      else [this.#rows, this.#next] = [chunk.getRows() as Cell[][], 0];
    }
    return !this.#done || this.#next < this.#rows.length;
  }
}
