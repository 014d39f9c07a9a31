import { createHash } from 'node:crypto';

/** Name of an alert, the same whenever the same log is read: 32 hexadecimal digits. */
export function alertIdOf(stayId: string, rule: string, openedAtMs: number): string {
  return createHash('sha256')
    .update(JSON.stringify([stayId, rule, openedAtMs]))
    .digest('hex')
    .slice(0, 32);
}
