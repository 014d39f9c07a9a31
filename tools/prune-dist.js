/** Removes compiled files whose source is gone, so that a deleted or renamed spec is not run from yesterday's build. */
import { existsSync, readdirSync, rmSync } from 'node:fs';

const COMPILED = /\.js(\.map)?$/;

const files = existsSync('dist') ? readdirSync('dist', { recursive: true }) : [];
for (const file of files) {
  if (!COMPILED.test(file)) continue;
  const source = file.replace(COMPILED, '');
  if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(`dist/${file}`);
}
