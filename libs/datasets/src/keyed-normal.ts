import { createHash } from 'node:crypto';

/** Two numbers uniform in (0, 1), a function of the key alone: SHA-256 as a counter-based generator. */
function keyedUniforms(key: string): [number, number] {
  const digest = createHash('sha256').update(key, 'utf8').digest();
  return [(digest.readUInt32BE(0) + 0.5) / 2 ** 32, (digest.readUInt32BE(4) + 0.5) / 2 ** 32];
}

/** A standard normal number that depends on the key alone, never on what was drawn before it (Box and Muller, 1958). */
export function keyedNormal(key: string): number {
  const [radial, angular] = keyedUniforms(key);
  return Math.sqrt(-2 * Math.log(radial)) * Math.cos(2 * Math.PI * angular);
}
