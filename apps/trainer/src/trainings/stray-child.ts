import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { writeDurably } from './write-durably.js';

const NAME = 'child.json';
const LOOK_AGAIN_MS = 50;
/** Field of /proc/<pid>/stat that tells when the process started, counted after the name, which may hold spaces. */
const START_FIELD = 19;

const childSchema = z.strictObject({ pid: z.int(), startedAt: z.string() });

/** Notes which process works in a folder, so that a service that starts anew finds it. */
export async function rememberChild(folder: string, pid: number): Promise<void> {
  const startedAt = await startOf(pid);
  if (startedAt !== undefined) await writeDurably(join(folder, NAME), JSON.stringify({ pid, startedAt }));
}

/** The process has ended. */
export async function forgetChild(folder: string): Promise<void> {
  await rm(join(folder, NAME), { force: true });
}

/**
 * Kills the process that a killed service left behind in a folder, if it still runs, and waits for its end: two must never write one checkpoint. A process is
 * known by its number and its start, so another one with the same number is left alone. Only on systems with `/proc`; elsewhere the child
 * ends by itself when the channel to the service closes.
 */
export async function killStrayChild(folder: string): Promise<void> {
  const text = await readFile(join(folder, NAME), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const child = childSchema.safeParse(parse(text));
  if (child.success) {
    const { pid, startedAt } = child.data;
    if ((await startOf(pid)) === startedAt) process.kill(pid, 'SIGKILL');
    while ((await startOf(pid)) === startedAt) await delay(LOOK_AGAIN_MS);
  }
  await forgetChild(folder);
}

/** When a process started, in the system's ticks; undefined when it is gone, or only waits to be collected by its parent. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? undefined : fields[START_FIELD];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
