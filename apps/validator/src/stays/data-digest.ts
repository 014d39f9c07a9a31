import { createHash } from 'node:crypto';
import type { ChosenStay } from './chosen-stays.js';

/** SHA-256 of stays in the order in which they are replayed: their values, times and persons, and what became of them. */
export class DataDigest {
  private readonly digest = createHash('sha256');

  /** Takes a stay in. @returns the digest of what of it is replayed, hex: what became of it decides no score */
  take({ recorded: { stay, observations }, facts }: ChosenStay): string {
    const replayed = createHash('sha256')
      .update(JSON.stringify([stay, observations]))
      .digest('hex');
    this.digest.update(`${replayed} ${JSON.stringify(facts)}\n`);
    return replayed;
  }

  /** Of all that was taken in, hex; nothing can be taken in afterwards. */
  hex(): string {
    return this.digest.digest('hex');
  }
}
