import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventLogError } from '../event-log-error.js';

const FILE = 'owner.lock';

/**
 * Reserves a directory for this process until released. A lock left by a process that was killed is recognised by its process
 * id, and by the time that process started where the system tells (Linux), since ids are used again.
 */
export class DirectoryLock {
  private constructor(private readonly path: string) {}

  /** Throws `unavailable` when a living process holds the directory. */
  static acquire(directory: string): DirectoryLock {
    const path = join(directory, FILE);
    for (;;) {
      try {
        writeFileSync(path, describeProcess(process.pid), { flag: 'wx' });
        return new DirectoryLock(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      setAside(path, directory);
    }
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}

/** Takes the lock of a dead process out of the way; its file is renamed first, so that only one of several finders goes on. */
function setAside(path: string, directory: string): void {
  const owner = read(path);
  if (owner === undefined) return;
  const pid = Number.parseInt(owner, 10);
  if (isAlive(pid) && describeProcess(pid) === owner) {
    throw new EventLogError(
      'unavailable',
      `${directory} is in use by process ${pid}: stop it, or choose another directory`,
    );
  }
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  rmSync(aside, { force: true });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** "pid start", where the start is field 22 of Linux's /proc/pid/stat, or empty elsewhere. */
function describeProcess(pid: number): string {
  const status = read(`/proc/${pid}/stat`);
  const afterName = status?.slice(status.lastIndexOf(')') + 2).split(' ');
  return `${pid} ${afterName?.[19] ?? ''}`;
}
