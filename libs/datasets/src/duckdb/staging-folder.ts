import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders are named by machine and process, so that it is known by whom each is used. */
const ofThisMachine = `vigil-staging-${hostname()}-`;

/**
 * Makes a folder for staged tables under `TMPDIR`, and deletes those of processes of this machine that were killed before they could: they may
 * hold tens of gigabytes.
 */
export async function makeStagingFolder(parent: string = tmpdir()): Promise<string> {
  for (const name of await readdir(parent)) {
    const processId = name.startsWith(ofThisMachine)
      ? /^\d+(?=-)/.exec(name.slice(ofThisMachine.length))?.[0]
      : undefined;
    if (processId !== undefined && !isRunning(Number(processId))) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
  return mkdtemp(join(parent, `${ofThisMachine}${process.pid}-`));
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
