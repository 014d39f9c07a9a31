/**
 * Measures what a newcomer waits for: clone, install, `npm start` (with its build) until the first score is there.
 *
 *   node tools/time-to-first-score.js [REPOSITORY]     (default: this checkout)
 *
 * Works in a temporary folder, on a free port, and removes both.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const LIMIT_MS = 10 * 60_000;
const repository = resolve(process.argv[2] ?? '.');
const folder = mkdtempSync(join(tmpdir(), 'vigil-clone-'));
const clone = join(folder, 'vigil');
const startedMs = performance.now();
let markMs = startedMs;

function mark(what) {
  const nowMs = performance.now();
  console.log(`${what.padEnd(28)}${((nowMs - markMs) / 1000).toFixed(1).padStart(8)} s`);
  markMs = nowMs;
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed with exit code ${status}`);
}

/** Resolves when the started process has printed a line with the text; rejects when it ends before. */
async function lineOf(child, text) {
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes(text)) return;
  }
  throw new Error(`npm start ended before it printed "${text}"`);
}

async function measure() {
  run('git', ['clone', '--quiet', '--depth', '1', `file://${repository}`, clone]);
  mark('git clone');
  run('npm', ['ci', '--no-audit', '--no-fund', '--silent'], clone);
  mark('npm ci');
  const child = spawn('node', ['apps/standalone/start.js', '--port', '0'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const limit = setTimeout(() => child.kill(), LIMIT_MS);
  try {
    await lineOf(child, 'first score');
    mark('npm start to first score');
    markMs = startedMs;
    mark('clone to first score');
  } finally {
    clearTimeout(limit);
    child.kill();
    await new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done()));
  }
}

try {
  await measure();
} catch (error) {
  console.error(`time-to-first-score: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
