import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { TrainingSetError } from './training-set-error.js';

const lineSchema = z.strictObject({
  /** SHA-256 of the stay's id, hex. */
  stayDigest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Log time of the withdrawal. */
  withdrawnAtMs: z.int(),
});

/** SHA-256 of a stay's id, hex: the ledger must know a stay that comes again, and need not say which it was. */
export function stayDigest(stayId: string): string {
  return createHash('sha256').update(stayId, 'utf8').digest('hex');
}

/**
 * Stays from which nothing may be learned any more, a line each, for good. Written and synced before the stay's data are removed, so that no
 * crash lets it back in.
 */
export class WithdrawalLedger {
  private constructor(
    private readonly path: string,
    private readonly digests: Set<string>,
  ) {}

  /** Reads the ledger; a last line that a crash cut off is left out, and the withdrawal is read again from the log. */
  static async open(path: string): Promise<WithdrawalLedger> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
    const digests = whole
      .split('\n')
      .filter(Boolean)
      .map((line, index) => digestOfLine(path, line, index + 1));
    return new WithdrawalLedger(path, new Set(digests));
  }

  /** Number of stays withdrawn. */
  get size(): number {
    return this.digests.size;
  }

  has(stayId: string): boolean {
    return this.digests.has(stayDigest(stayId));
  }

  /** Adds stays; durable when it resolves. Those that stand there already are passed over. */
  async add(stays: readonly { readonly stayId: string; readonly atMs: number }[]): Promise<void> {
    const news = new Map<string, number>();
    for (const { stayId, atMs } of stays) if (!this.has(stayId)) news.set(stayDigest(stayId), atMs);
    if (news.size === 0) return;
    const lines = [...news].map(
      ([digest, withdrawnAtMs]) => `${JSON.stringify({ stayDigest: digest, withdrawnAtMs })}\n`,
    );
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.write(lines.join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    // the name of a new file must be durable, too
    if (this.digests.size === 0) await syncFolder(dirname(this.path));
    for (const digest of news.keys()) this.digests.add(digest);
  }
}

function digestOfLine(path: string, line: string, number: number): string {
  try {
    return lineSchema.parse(JSON.parse(line)).stayDigest;
  } catch {
    throw new TrainingSetError(
      `${path}: line ${number} is no withdrawal; expected {"stayDigest": SHA-256, "withdrawnAtMs": time}. Put the file back from a backup: without it withdrawn stays could come back.`,
    );
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function truncate(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
