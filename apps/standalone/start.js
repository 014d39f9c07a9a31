/**
 * `npm start`: compiles what is stale, builds the web page when it is older than its sources, then runs Vigil in this process.
 * Where the compiler is not installed (a production install), what was built is run as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');
const PAGE = join(root, 'apps/dashboard/dist/index.html');
const PAGE_SOURCES = ['apps/dashboard', 'libs/wire/src', 'libs/clinical/src'];
const MAIN = join(root, 'dist/apps/standalone/src/main.js');

function run(script) {
  const { status } = spawnSync('npm', ['run', '-s', script], { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`vigil: "npm run ${script}" failed, so nothing was started; mend what it names and start again.`);
  process.exit(1);
}

function newestChangeMs(folder) {
  const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  const sources = files.filter((file) => file.isFile() && !file.parentPath.includes(join('dashboard', 'dist')));
  return Math.max(0, ...sources.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
}

function isPageStale() {
  if (!existsSync(join(root, 'apps/dashboard/vite.config.js'))) return false;
  return !existsSync(PAGE) || statSync(PAGE).mtimeMs < Math.max(...PAGE_SOURCES.map(newestChangeMs));
}

if (existsSync(join(root, 'node_modules/typescript'))) {
  if (!existsSync(MAIN)) console.log('vigil: building, once');
  run('build:code');
  if (isPageStale()) run('build:dashboard');
}
await import(pathToFileURL(MAIN).href);
