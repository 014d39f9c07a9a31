import { createHash } from 'node:crypto';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decisionSchema, type Decision } from '../decision.js';
import { RegistryError } from '../registry-error.js';
import { syncFolder } from './sync-folder.js';

/** Stands in the first line for the line before it. */
const NOTHING_BEFORE = '0'.repeat(64);

/**
 * Decisions in a file, a line of JSON each, appended with fsync. Every line names the SHA-256 of the one before, so that a line that
 * was changed, lost or put in later is noticed at the next start.
 */
export class Journal {
  /** A line that was refused could not be taken away again: what stands in the file is not known. */
  private unsure = false;

  private constructor(
    private readonly file: FileHandle,
    private length: number,
    private lastDigest: string,
  ) {}

  /**
   * Opens a journal, creating it when there is none. A last line without its end was torn by a crash before it was acknowledged: it is
   * cut off and said.
   *
   * @throws RegistryError `damaged-store` when any other line is not what was written
   */
  static async open(
    path: string,
    onNotice: (sentence: string) => void,
  ): Promise<{ readonly journal: Journal; readonly decisions: readonly Decision[] }> {
    const file = await open(path, 'a+');
    try {
      await syncFolder(dirname(path));
      const text = await readFile(path, 'utf8');
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const length = Buffer.byteLength(whole);
      if (whole !== text) {
        await file.truncate(length);
        await file.datasync();
        onNotice(`the last line of ${path} was torn by a crash and is cut off; its decision was never acknowledged`);
      }
      const { decisions, lastDigest } = parse(whole, path);
      return { journal: new Journal(file, length, lastDigest), decisions };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Appends a decision; resolves when it is on the disk. One call at a time. After a failure the file is as it was before; where that cannot
   * be brought about nothing is appended any more, for another line after one that was refused would be a fork.
   *
   * @throws RegistryError `damaged-store` from then on; the system's error for the failure itself
   */
  async append(decision: Decision): Promise<void> {
    if (this.unsure)
      throw new RegistryError(
        'damaged-store',
        'a decision could not be written before, and what stands in the journal is not known: start the registry again, it reads what is there',
      );
    const line = JSON.stringify({ ...decision, before: this.lastDigest });
    const bytes = Buffer.from(`${line}\n`);
    try {
      await this.file.appendFile(bytes);
      await this.file.datasync();
    } catch (error) {
      this.unsure = true;
      await this.file.truncate(this.length);
      await this.file.datasync();
      this.unsure = false;
      throw error;
    }
    this.length += bytes.length;
    this.lastDigest = digestOf(line);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

function parse(text: string, path: string): { decisions: Decision[]; lastDigest: string } {
  const decisions: Decision[] = [];
  let lastDigest = NOTHING_BEFORE;
  const lines = text.split('\n').slice(0, -1);
  lines.forEach((line, index) => {
    const where = `line ${index + 1} of ${path}`;
    const { before, ...rest } = object(line, where);
    if (before !== lastDigest)
      throw damaged(`${where} does not follow the line before it: one of them was changed, or a line is missing`);
    const decision = decisionSchema.safeParse(rest);
    if (!decision.success) throw damaged(`${where} is no decision that is understood`);
    decisions.push(decision.data);
    lastDigest = digestOf(line);
  });
  return { decisions, lastDigest };
}

function object(line: string, where: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // said below, as for any other line that is none
  }
  throw damaged(`${where} is no JSON object`);
}

function damaged(what: string): RegistryError {
  return new RegistryError('damaged-store', `${what}; put the journal of a back-up in its place, then start again`);
}

function digestOf(line: string): string {
  return createHash('sha256').update(line).digest('hex');
}
