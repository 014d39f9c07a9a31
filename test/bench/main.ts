/** The benches by name; `npm run bench -- NAME`. Each prints its figures, a line each. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  bootstrap: () => import('./bootstrap.bench.js'),
  live: () => import('./live.bench.js'),
  scorer: () => import('./scorer.bench.js'),
  stream: () => import('./stream.bench.js'),
  swap: () => import('./swap.bench.js'),
  training: () => import('./training.bench.js'),
};

const name = process.argv[2] ?? '';
const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (load === undefined) {
  console.error(`"${name}" is no bench; expected one of ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
} else {
  await (await load()).run();
}
