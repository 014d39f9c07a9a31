/** `npm run check`: what must hold before a change lands. Stops at the first part that fails and says how long each took. */
import { spawnSync } from 'node:child_process';

const PARTS = [
  ['types', 'npm run -s build:code'],
  ['page', 'npm run -s check:dashboard'],
  ['lint', 'npm run -s lint'],
  ['format', 'npm run -s format:check'],
  ['test', 'npm test'],
  ['build', 'npm run -s build'],
];

const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
const startedMs = performance.now();
const lines = [];
for (const [name, command] of PARTS) {
  const partStartedMs = performance.now();
  console.log(`check: ${name} (${command})`);
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  lines.push(`  ${name.padEnd(8)}${status === 0 ? 'ok    ' : 'failed'}  ${seconds(partStartedMs)}`);
  if (status === 0) continue;
  console.error(`check: ${name} failed\n${lines.join('\n')}`);
  process.exit(1);
}
console.log(`check: all parts hold, ${seconds(startedMs)}\n${lines.join('\n')}`);
