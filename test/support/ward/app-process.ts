import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Last characters of what a process wrote that are kept for its obituary. */
const KEPT_OUTPUT = 4_000;
const LOOK_EVERY_MS = 50;
const READY_WITHIN_MS = 180_000;

/** What a process is started with, each time anew. */
export interface AppCommand {
  readonly name: string;
  /** Words of the command line after `node`. */
  readonly words: readonly string[];
  /** Settings, beside the environment of the spec. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where it answers `/health/ready`; absent for a command that answers nobody. */
  readonly url?: string;
}

/**
 * An app in a process of its own, that can be killed and started again. An end that nobody asked for is kept in `failure`, with the last words
 * of the process.
 */
export class AppProcess {
  failure: Error | undefined;
  private child: ChildProcess | undefined;
  private output = '';
  private isEndAsked = false;

  constructor(readonly command: AppCommand) {}

  /** Where it answers. */
  get url(): string {
    if (this.command.url === undefined) throw new Error(`${this.command.name} answers nobody`);
    return this.command.url;
  }

  /** Starts the process, with further words behind those of the command, and does not wait for it. */
  launch(further: readonly string[] = []): void {
    const { name, words, settings } = this.command;
    this.isEndAsked = false;
    const child = spawn(process.execPath, [...words, ...further], {
      env: { ...process.env, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => (this.output = `${this.output}${String(data)}`.slice(-KEPT_OUTPUT)));
    }
    child.once('exit', (code, signal) => {
      if (this.isEndAsked || code === 0) return;
      this.failure = new Error(`${name} ended by itself (${signal ?? `exit code ${code}`}): ${this.output}`);
    });
    this.child = child;
  }

  /** Resolves when the app says that it is ready. Rejects when it ends before, or is not within three minutes. */
  async ready(): Promise<void> {
    const deadline = AbortSignal.timeout(READY_WITHIN_MS);
    while (!(await this.isReady())) {
      if (this.failure) throw this.failure;
      if (deadline.aborted) throw new Error(`${this.command.name} is not ready: ${this.output}`);
      await delay(LOOK_EVERY_MS);
    }
  }

  /** `kill -9`; resolves when the process is gone. Harmless when it has ended already. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Asks the process to stop and resolves when it has. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Resolves when the process has ended by itself; rejects when it failed. */
  async done(): Promise<void> {
    const child = this.child!;
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    if (this.failure) throw this.failure;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    this.isEndAsked = true;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health/ready`)).ok;
    } catch {
      return false;
    }
  }
}
