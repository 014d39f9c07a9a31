#!/usr/bin/env node
import { DatasetError } from '#datasets';
import { BundleError } from '#model';
import { describeMachine, readCodeVersion } from '#reporting';
import { CommanderError } from 'commander';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluateCommand } from './command-line.js';
import { methodsOf } from './methods.js';
import { UsageError } from './run-context.js';
import { run } from './run.js';

const INTERRUPTED = 130;
/** From dist/apps/evaluator/src to the folder of package.json. */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

const abort = new AbortController();
function stop(): void {
  if (abort.signal.aborted) process.exit(INTERRUPTED);
  console.log('stopping after this cell; the same command goes on from there (again: stop at once)');
  abort.abort();
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);

const nowMs = (): number => performance.now();
const command = evaluateCommand(async (options) =>
  run(options, {
    print: (line) => console.log(line),
    nowMs,
    signal: abort.signal,
    methods: methodsOf(options, { nowMs, signal: abort.signal }),
    code: await readCodeVersion(ROOT),
    machine: describeMachine(),
  }),
);

try {
  await command.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (abort.signal.aborted && error === abort.signal.reason) {
    console.log('interrupted; the same command goes on from there');
    process.exitCode = INTERRUPTED;
  } else if (error instanceof UsageError) {
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  } else if (error instanceof DatasetError || error instanceof BundleError) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
