import { TRAINING_MEMORY_SETTINGS } from '#engine';
import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { childMessageSchema, type ChildMessage } from './child-message.js';
import { forgetChild, rememberChild } from './stray-child.js';

/** How long a child may take to stop in order before it is killed, milliseconds. A step of training can take a few seconds. */
const STOP_WITHIN_MS = 20_000;

/** One process to run. */
export interface ChildTask {
  /** Program, and its words. */
  readonly program: string;
  readonly words: readonly string[];
  /** Folder of the training: what the child prints goes into `<name>.log` there. */
  readonly folder: string;
  readonly name: string;
  readonly onMessage: (message: ChildMessage) => void;
  /** Stops the child: it is asked to, and killed when it takes too long. */
  readonly signal: AbortSignal;
}

/** How a child ended: its exit code, or `killed` by a signal that we did not send. */
export type ChildEnd = { readonly code: number } | 'killed' | 'stopped';

/** Runs a process to its end. A port, so that a trial needs no process. */
export type RunChild = (task: ChildTask) => Promise<ChildEnd>;

/**
 * Runs a program of this build in a process of its own with a channel to it. The child stops when the channel closes, so it does not outlive a service that was
 * killed for long; {@link killStrayChild} sees to the rest.
 */
export const runChild: RunChild = async ({ program, words, folder, name, onMessage, signal }) => {
  if (signal.aborted) return 'stopped';
  await mkdir(folder, { recursive: true });
  const printed = createWriteStream(join(folder, `${name}.log`), { flags: 'w' });
  const child = fork(program, [...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...TRAINING_MEMORY_SETTINGS },
  });
  keepPrinted(child, printed);
  child.on('message', (message) => {
    const checked = childMessageSchema.safeParse(message);
    if (checked.success) onMessage(checked.data);
  });
  const ended = endOf(child);
  const forceStop = stopWhenAsked(child, signal);
  try {
    if (child.pid !== undefined) await rememberChild(folder, child.pid);
    const { code, signal: by } = await ended;
    if (signal.aborted) return 'stopped';
    return by !== null ? 'killed' : { code: code ?? 1 };
  } finally {
    forceStop();
    await forgetChild(folder);
    printed.end();
  }
};

/** Keeps what a child prints. Where that fails (a full disk) it is read and dropped: a child that nobody reads would stand still. */
function keepPrinted({ stdout, stderr }: ChildProcess, printed: WriteStream): void {
  for (const stream of [stdout, stderr]) {
    stream?.pipe(printed, { end: false });
    printed.on('error', () => stream?.unpipe(printed).resume());
  }
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** @returns what to call when the child has ended */
function stopWhenAsked(child: ChildProcess, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  };
  signal.addEventListener('abort', stop);
  return () => {
    signal.removeEventListener('abort', stop);
    clearTimeout(timer);
  };
}
