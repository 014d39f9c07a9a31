import { readdir } from 'node:fs/promises';
import { DatasetError } from './dataset-error.js';

/** What a data set's folder must hold and where it comes from, for the sentence that is shown when it does not. */
export interface FolderExpectation {
  readonly dataset: string;
  readonly lookedFor: string;
  readonly downloadFrom: string;
}

/** Names in a folder, sorted. Rejects with a sentence when there is no such folder. */
export async function listFolder(path: string, expected: FolderExpectation): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const found =
      code === 'ENOTDIR' ? 'a file' : code === 'ENOENT' ? 'nothing' : `no access (${code ?? 'unknown error'})`;
    throw new DatasetError(`${sentence(expected, path)}; found ${found} there. ${advice(expected)}`);
  }
}

/** The error for a folder that is not this data set's. */
export function foreignFolder(path: string, names: readonly string[], expected: FolderExpectation): DatasetError {
  const shown = names.slice(0, 6).join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '');
  return new DatasetError(`${sentence(expected, path)}; found ${shown || 'an empty folder'}. ${advice(expected)}`);
}

function sentence({ dataset, lookedFor }: FolderExpectation, path: string): string {
  return `${dataset}: looked for ${lookedFor} in "${path}"`;
}

function advice({ downloadFrom }: FolderExpectation): string {
  return `Download it from ${downloadFrom} and give the folder that holds these files.`;
}
