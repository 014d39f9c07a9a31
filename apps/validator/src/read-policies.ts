import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parsePolicy, PolicyError, type AlertPolicy } from '#alerting';
import { ValidationError } from './validation-error.js';

/**
 * The alert policies of some files.
 *
 * @param usual taken where no file is given, if it is there
 * @throws ValidationError for a file that cannot be read or holds no policy
 */
export async function readPolicies(files: readonly string[], usual: string): Promise<AlertPolicy[]> {
  const chosen = files.length > 0 ? files : existsSync(usual) ? [usual] : [];
  return Promise.all(chosen.map(readPolicy));
}

async function readPolicy(path: string): Promise<AlertPolicy> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ValidationError(`${path} cannot be read: give the file of an alert policy (--policy).`, { cause });
  });
  try {
    return parsePolicy(JSON.parse(text));
  } catch (error) {
    if (error instanceof PolicyError) throw new ValidationError(`${path}: ${error.message}`, { cause: error });
    throw new ValidationError(`${path} is not JSON; expected an alert policy.`, { cause: error });
  }
}
