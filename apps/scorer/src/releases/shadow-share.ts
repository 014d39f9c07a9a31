import { createHash } from 'node:crypto';

/**
 * Whether a due window is among the share that shadows score. Decided by stay and due time alone, so that a replay chooses alike, every
 * shadow sees the same windows, and a smaller share is part of a greater one.
 */
export function isInShadowShare(stayId: string, dueAtMs: number, share: number): boolean {
  const digest = createHash('sha256').update(`shadow|${stayId}|${dueAtMs}`).digest();
  return digest.readUInt32BE(0) < share * 2 ** 32;
}
