import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeVersionText, csvTable, markdownTable, type Provenance, type Table } from '#reporting';
import { CellStore } from './cells/cell-store.js';
import type { EvaluateOptions } from './command-line.js';
import { countStays, type EvaluationData } from './data/collect-data.js';
import { evaluationCommand } from './evaluation-command.js';
import { writeManifest, type EvaluationManifest } from './manifest/write-manifest.js';
import { writeParquet, type ParquetColumn, type ParquetRow } from './predictions/write-parquet.js';
import type { RunContext } from './run-context.js';

/** What only the form of an evaluation can say of it. */
export type FormRecord = Pick<EvaluationManifest, 'hyperParameters' | 'hiddenEntries' | 'bundle'> & {
  readonly engine: string;
};

/** One run of the command: its options, its cells and the files that it writes. */
export class Session {
  readonly cells: CellStore;
  readonly command: string;
  readonly #files: string[] = [];
  readonly #startedAtMs: number;

  constructor(
    readonly options: EvaluateOptions,
    readonly context: RunContext,
  ) {
    this.#startedAtMs = context.nowMs();
    this.command = evaluationCommand(options);
    this.cells = new CellStore(join(options.out, 'cells'), { ...context, code: codeVersionText(context.code) });
  }

  /** Where a table's figures come from. The time is that of all cells used so far, in this run or an earlier one. */
  provenance(data: EvaluationData, hiddenDigest?: string): Provenance {
    return {
      command: this.command,
      seed: this.options.seed,
      dataDigest: data.digest,
      ...(hiddenDigest === undefined ? {} : { hiddenDigest }),
      code: codeVersionText(this.context.code),
      wallSeconds: this.cells.used.reduce((sum, { wallMs }) => sum + wallMs, 0) / 1000,
    };
  }

  /** Writes a table as Markdown and CSV, and prints it. */
  async writeTable(table: Table): Promise<void> {
    const text = markdownTable(table);
    await this.#write(`${table.id}.md`, text);
    await this.#write(`${table.id}.csv`, csvTable(table));
    this.context.print(`\n${text}`);
  }

  async writePicture(id: string, svg: string): Promise<void> {
    await this.#write(`${id}.svg`, svg);
  }

  async writePredictions(id: string, columns: readonly ParquetColumn[], rows: Iterable<ParquetRow>): Promise<void> {
    await writeParquet(join(this.options.out, `${id}.parquet`), columns, rows);
    this.#files.push(`${id}.parquet`);
  }

  /** Writes any other file through its own writer. */
  async writeFile(name: string, write: (path: string) => Promise<void>): Promise<void> {
    await mkdir(this.options.out, { recursive: true });
    await write(join(this.options.out, name));
    this.#files.push(name);
  }

  /** Writes the manifest: the last thing that a run does. */
  async finish(data: readonly EvaluationData[], { engine, ...record }: FormRecord): Promise<void> {
    const { options, context } = this;
    await writeManifest(options.out, {
      command: this.command,
      form: options.form,
      preset: options.preset,
      seeds: { evaluation: options.seed },
      data: data.map(({ id, digest, store }) => ({
        id,
        digest,
        stays: countStays(store),
        windows: store.labels.length,
        deaths: new Set(store.labels.filter(({ died }) => died).map(({ stayId }) => stayId)).size,
      })),
      code: context.code,
      wallSeconds: (context.nowMs() - this.#startedAtMs) / 1000,
      machine: { ...context.machine, engine },
      files: this.#files,
      cells: this.cells.used,
      ...record,
    });
    context.print(`wrote ${options.out}: ${this.#files.length} files and manifest.json`);
  }

  async #write(name: string, text: string): Promise<void> {
    const path = join(this.options.out, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.partial`, text);
    await rename(`${path}.partial`, path);
    this.#files.push(name);
  }
}
