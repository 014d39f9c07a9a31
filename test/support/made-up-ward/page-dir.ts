import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Folder of the built page.
 *
 * @throws when it is not built; the message says what to do
 */
export function builtPageDir(): string {
  const folder = join(process.cwd(), 'apps/dashboard/dist');
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`No page in ${folder}. Run npm run build:dashboard in the project's folder first.`);
  }
  return folder;
}
