import { mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Alerts remembered; the one that has been quiet longest is forgotten first. */
const DEFAULT_MAX_ALERTS = 20_000;
const LINE = /^([0-9a-f]{32}) ([1-9]\d{0,8})$/;

/**
 * What a sink has done with, on disk: of each alert the highest sequence that was delivered or given up. It keeps a restart from delivering again what lies
 * behind the committed offset, and a second record of the same transition from being delivered twice.
 *
 * A file of lines that only grows, `alertId sequence`; a line torn by a crash counts as not written. Opening it, and every doubling of it, writes it anew beside
 * the old one. One process at a time.
 */
export class DeliveryJournal {
  private pending: string[] = [];
  private writing: Promise<void> | undefined;

  private constructor(
    private readonly path: string,
    private readonly highest: Map<string, number>,
    private readonly maxAlerts: number,
    private file: FileHandle,
    private lines: number,
  ) {}

  /** @throws the system's error when the file cannot be read or written */
  static async open(path: string, maxAlerts = DEFAULT_MAX_ALERTS): Promise<DeliveryJournal> {
    await mkdir(dirname(path), { recursive: true });
    const highest = new Map<string, number>();
    for (const line of (await readIfThere(path)).split('\n')) {
      const [, alertId, sequence] = LINE.exec(line) ?? [];
      if (alertId !== undefined) remember(highest, alertId, Number(sequence), maxAlerts);
    }
    return new DeliveryJournal(path, highest, maxAlerts, await rewrite(path, highest), highest.size);
  }

  /** Whether the transition, or a later one of the same alert, has ended. */
  hasEnded(alertId: string, sequence: number): boolean {
    return sequence <= (this.highest.get(alertId) ?? 0);
  }

  /** Whether any transition of the alert has ended here. */
  knows(alertId: string): boolean {
    return this.highest.has(alertId);
  }

  /** Resolves when the end of the transition is on disk. Calls of one turn share a write. */
  end(alertId: string, sequence: number): Promise<void> {
    remember(this.highest, alertId, sequence, this.maxAlerts);
    this.pending.push(`${alertId} ${sequence}\n`);
    return this.written();
  }

  /** Closes the file after what is under way. */
  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  /** The write that will hold what is pending: the next one, when one is under way. */
  private async written(): Promise<void> {
    const before = this.writing;
    if (before !== undefined) await before;
    this.writing ??= this.write().finally(() => (this.writing = undefined));
    return this.writing;
  }

  private async write(): Promise<void> {
    await Promise.resolve();
    const lines = this.pending;
    this.pending = [];
    if (lines.length === 0) return;
    await this.file.appendFile(lines.join(''));
    await this.file.datasync();
    this.lines += lines.length;
    if (this.lines <= 2 * this.highest.size + 1_000) return;
    await this.file.close();
    this.file = await rewrite(this.path, this.highest);
    this.lines = this.highest.size;
  }
}

function remember(highest: Map<string, number>, alertId: string, sequence: number, maxAlerts: number): void {
  const known = highest.get(alertId) ?? 0;
  highest.delete(alertId);
  highest.set(alertId, Math.max(known, sequence));
  if (highest.size > maxAlerts) highest.delete(highest.keys().next().value!);
}

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** Writes the file beside the old one and puts it in its place, both durable, and leaves it open at its end. */
async function rewrite(path: string, highest: ReadonlyMap<string, number>): Promise<FileHandle> {
  const beside = `${path}.writing`;
  const file = await open(beside, 'w');
  await file.writeFile([...highest].map(([alertId, sequence]) => `${alertId} ${sequence}\n`).join(''));
  await file.sync();
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
  return file;
}
