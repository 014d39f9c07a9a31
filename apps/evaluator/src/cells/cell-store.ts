import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readCell, writeCell, type CellContent, type InnerCell, type StoredCell } from './cell-file.js';

/** Raise it when a cell of the same description would come out otherwise, so that no old one is read. */
const CELL_VERSION = 1;
const KEY_LENGTH = 16;

/** What a cell is of. */
export interface CellDescription {
  /** Such as `score` or `impute`; begins the file's name. */
  readonly kind: string;
  /** For people: such as `saits, challenge-2012, 10 % of points`. */
  readonly name: string;
  /** Everything that decides the content, as JSON: its digest names the file. */
  readonly decides: Readonly<Record<string, unknown>>;
}

/** A cell that a run used. */
export interface UsedCell extends InnerCell {
  /** False where it was there already. */
  readonly computed: boolean;
}

/** What the store needs of its surroundings. */
export interface CellSurroundings {
  readonly print: (line: string) => void;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  /** Code version that is written into new cells. */
  readonly code: string;
}

/** The parts of a table that cost time, each computed once and kept in a file of its own. */
export class CellStore {
  /** Every cell that was used so far, once, and those that it was made of. */
  readonly used: UsedCell[] = [];
  /** Cells that are being computed, the innermost last: what each has read. */
  readonly #open: UsedCell[][] = [];

  constructor(
    readonly directory: string,
    private readonly surroundings: CellSurroundings,
  ) {}

  /**
   * Reads a cell or computes it.
   *
   * A stop that was asked for takes effect before the next computation, so a cell is never left half done; rejects then with the signal's
   * reason.
   */
  async cell<Value>(
    description: CellDescription,
    compute: () => Promise<CellContent<Value>>,
  ): Promise<StoredCell<Value>> {
    const { print, nowMs, signal, code } = this.surroundings;
    const file = fileName(description);
    const path = join(this.directory, file);
    const known = await readCell<Value>(path);
    if (known !== undefined) {
      this.#note(description, file, known, false);
      return known;
    }
    signal.throwIfAborted();
    const within: UsedCell[] = [];
    const startedAtMs = nowMs();
    this.#open.push(within);
    let content: CellContent<Value>;
    try {
      content = await compute();
    } finally {
      this.#open.pop();
    }
    const { value, arrays = {} } = content;
    const innerMs = within.reduce((sum, { computed, wallMs }) => sum + (computed ? wallMs : 0), 0);
    const cell: StoredCell<Value> = {
      ...{ value, arrays, decides: description.decides, code, wallMs: nowMs() - startedAtMs - innerMs },
      ...(within.length === 0
        ? {}
        : { within: within.map(({ name, file, wallMs, code: by }) => ({ name, file, wallMs, code: by })) }),
    };
    await writeCell(path, cell);
    this.#note(description, file, cell, true);
    print(`${description.kind}: ${description.name} (${(cell.wallMs / 1000).toFixed(1)} s)`);
    return cell;
  }

  /** Whether a whole cell of this description is there. */
  async has(description: CellDescription): Promise<boolean> {
    return (await readCell(join(this.directory, fileName(description)))) !== undefined;
  }

  /** Writes a cell that came about beside another computation, even when a stop was asked for. @param wallMs that it took */
  async keep(
    description: CellDescription,
    { value, arrays = {} }: CellContent<unknown>,
    wallMs: number,
  ): Promise<void> {
    const file = fileName(description);
    const cell = { value, arrays, decides: description.decides, code: this.surroundings.code, wallMs };
    await writeCell(join(this.directory, file), cell);
    this.#note(description, file, cell, true);
  }

  #note({ name, kind }: CellDescription, file: string, cell: StoredCell<unknown>, computed: boolean): void {
    const own = { name: `${kind}: ${name}`, file, wallMs: cell.wallMs, computed, code: cell.code };
    // what was computed within has been noted by itself
    const inner = (cell.within ?? []).map((one): UsedCell => ({ ...one, computed: false }));
    for (const list of [this.used, ...this.#open])
      for (const one of [...inner, own]) if (!list.some(({ file: known }) => known === one.file)) list.push(one);
  }
}

/** Digest of any JSON, whatever the order of its fields; hex. */
export function digestOfJson(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value, (_key, part: unknown) => sorted(part)))
    .digest('hex');
}

function fileName({ kind, name, decides }: CellDescription): string {
  const key = digestOfJson({ version: CELL_VERSION, kind, decides }).slice(0, KEY_LENGTH);
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/-$/, '');
  return `${kind}-${slug}-${key}.cell`;
}

function sorted(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
}
