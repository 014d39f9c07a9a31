import { join } from 'node:path';

/** The file of the policy that the alerter runs under when it is told nothing. @param root folder of package.json */
export function usualPolicy(root: string): string {
  return join(root, 'apps/alerter/policies/default-2.json');
}
