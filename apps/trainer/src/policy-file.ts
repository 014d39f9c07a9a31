import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** A policy file that cannot be read or understood. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/**
 * Reads and checks a policy file of any kind.
 *
 * @throws PolicyError that names the file, what was wrong in it and what was expected
 */
export async function readPolicy<Policy>(path: string, schema: z.ZodType<Policy>): Promise<Policy> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PolicyError(`${path} cannot be read: expected a policy file in JSON`, { cause });
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new PolicyError(`${path} is not JSON: expected a policy file in JSON`, { cause });
  }
  const checked = schema.safeParse(parsed);
  if (!checked.success)
    throw new PolicyError(`${path} is not a policy that can be used:\n${z.prettifyError(checked.error)}`);
  return checked.data;
}
