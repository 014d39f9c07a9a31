import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A standalone in a process of its own, as `npm start` runs it. */
export interface RunningStandalone {
  /** Where its page is. */
  readonly url: string;
  /** Stops it as Ctrl-C would, and removes its state. */
  stop(): Promise<void>;
}

/**
 * Starts the real standalone on a free port with a state of its own. Resolves when it has said where its page is.
 *
 * @param flags of `npm start --`
 * @throws when it ends before; the message holds what it printed
 */
export async function runStandaloneProcess(flags: readonly string[]): Promise<RunningStandalone> {
  const state = mkdtempSync(join(tmpdir(), 'vigil-browser-'));
  const main = join(process.cwd(), 'dist/apps/standalone/src/main.js');
  const child = spawn(process.execPath, [main, '--port', '0', '--state', state, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  createInterface({ input: child.stderr }).on('line', (line) => printed.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const found = /https?:\/\/[\w.:[\]]+/.exec(line)?.[0];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(`the standalone ended before it served its page:\n${printed.join('\n')}`)));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await ended;
    rmSync(state, { recursive: true, force: true });
  };
  return { url, stop };
}
