#!/usr/bin/env node
import { CommanderError } from 'commander';
import { judgeCommand } from './compare/judge-command.js';
import { stopWithParent } from './trainings/with-parent.js';

const abort = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => abort.abort());
stopWithParent(abort);

try {
  const command = judgeCommand((line) => console.log(line), abort.signal);
  // each of its commands leaves by an error, too, instead of ending the process
  for (const one of [command, ...command.commands]) one.exitOverride();
  await command.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (abort.signal.aborted && error === abort.signal.reason) process.exitCode = 130;
  else {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
