import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CodeVersion, type Machine, NOTICE } from '#reporting';
import type { UsedCell } from '../cells/cell-store.js';

/** How the files of a run came about: enough to repeat it and to judge its cost. */
export interface EvaluationManifest {
  /** The command, with PATH for the user's folders. */
  readonly command: string;
  readonly form: string;
  readonly preset: string;
  readonly seeds: Readonly<Record<string, number>>;
  readonly data: readonly {
    readonly id: string;
    /** SHA-256 of the windows that were cut from the raw files. */
    readonly digest: string;
    readonly stays: number;
    readonly windows: number;
    readonly deaths: number;
  }[];
  /** SHA-256 of the hidden entries by way of hiding. */
  readonly hiddenEntries?: Readonly<Record<string, string>>;
  readonly bundle?: Readonly<Record<string, unknown>>;
  readonly code: CodeVersion;
  readonly hyperParameters: Readonly<Record<string, unknown>>;
  readonly wallSeconds: number;
  readonly machine: Machine & { readonly engine: string };
  readonly files: readonly string[];
  readonly cells: readonly UsedCell[];
}

/** Writes `manifest.json` beside the tables. */
export async function writeManifest(directory: string, manifest: EvaluationManifest): Promise<void> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'manifest.json');
  await writeFile(`${path}.partial`, `${JSON.stringify({ notice: NOTICE, ...manifest }, null, 2)}\n`);
  await rename(`${path}.partial`, path);
}
