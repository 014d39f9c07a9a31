import { parsePolicy, PolicyError, type AlertPolicy } from '#alerting';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The policy that is shipped. */
export const DEFAULT_POLICY = fileURLToPath(
  new URL('../../../../apps/alerter/policies/default-2.json', import.meta.url),
);

/**
 * Reads a policy file.
 *
 * @throws PolicyError naming every problem, also when the file cannot be read or is not JSON
 */
export async function loadPolicy(path = DEFAULT_POLICY): Promise<AlertPolicy> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new PolicyError([`${path}: ${error instanceof Error ? error.message : String(error)}; expected a JSON file`]);
  }
  return parsePolicy(json);
}
