/** Removes compiled files whose source is gone, so that a deleted or renamed spec is not run from yesterday's build. */
import { existsSync, readdirSync, rmSync } from 'node:fs';

const COMPILED = /\.js(\.map)?$/;

/** The bundled web page lies in dist/ too and has no source of the same name. */
const BUNDLED = /^apps\/dashboard\//;

const files = existsSync('dist') ? readdirSync('dist', { recursive: true }) : [];
for (const file of files) {
  if (!COMPILED.test(file) || BUNDLED.test(file)) continue;
  const source = file.replace(COMPILED, '');
  if (!existsSync(`${source}.ts`) && !existsSync(`${source}.tsx`)) rmSync(`dist/${file}`);
}
