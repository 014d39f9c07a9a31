import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Which code computes. */
export interface CodeVersion {
  /** Of package.json. */
  readonly version: string;
  /** Absent outside of a git checkout. */
  readonly commit?: string;
  /** Whether tracked files differ from the commit. */
  readonly changed?: boolean;
}

const run = promisify(execFile);

/** Reads the version of the package and, where git knows it, the commit. @param root folder of package.json */
export async function readCodeVersion(root: string): Promise<CodeVersion> {
  const { version } = JSON.parse(await readFile(`${root}/package.json`, 'utf8')) as { version: string };
  try {
    const commit = (await run('git', ['rev-parse', 'HEAD'], { cwd: root })).stdout.trim();
    const changes = (await run('git', ['status', '--porcelain', '--untracked-files=no'], { cwd: root })).stdout;
    return { version, commit, changed: changes.trim() !== '' };
  } catch {
    return { version };
  }
}

/** The code version in one word, such as `0.1.0+1a2b3c4d5e6f` or, with changes, `0.1.0+1a2b3c4d5e6f.changed`. */
export function codeVersionText({ version, commit, changed }: CodeVersion): string {
  if (commit === undefined) return version;
  return `${version}+${commit.slice(0, 12)}${changed === true ? '.changed' : ''}`;
}
