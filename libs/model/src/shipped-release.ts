import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The release that is served where no other is named. */
export const SHIPPED_RELEASE_ID = 'icu-36-research-4';

/** Folder of the release that comes with Vigil, wherever it is started from. */
export function shippedReleaseDirectory(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'libs', 'model', 'releases', SHIPPED_RELEASE_ID);
}
