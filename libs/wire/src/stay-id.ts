import { z } from 'zod';

/**
 * Pseudonym of a stay: 1 to 64 characters, without control characters and backslashes. The history cannot keep a stay under an id with those, and
 * a scorer that had taken it in would stop at its first point, at every start again.
 */
export const stayIdSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\\]*$/u, 'expected no control characters and no backslashes');
