#!/usr/bin/env node
import { DatasetError } from '#datasets';
import { BundleError } from '#model';
import { CheckpointMismatch } from '#training';
import { CommanderError } from 'commander';
import { trainCommand } from './command-line.js';
import { run } from './run.js';
import { stopWithParent } from './trainings/with-parent.js';
import { UsageError } from './usage-error.js';

const abort = new AbortController();
process.on('SIGINT', () => {
  console.log('stopping after this step; --resume will go on from there');
  abort.abort();
});
process.on('SIGTERM', () => abort.abort());
stopWithParent(abort);

const command = trainCommand(async (options) => {
  process.exitCode = await run(options, {
    print: (line) => console.log(line),
    nowMs: () => Date.now(),
    signal: abort.signal,
  });
});

try {
  await command.exitOverride().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (abort.signal.aborted && error === abort.signal.reason) {
    console.log('interrupted; --resume takes it up again');
    process.exitCode = 130;
  } else if (error instanceof UsageError) {
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  } else if (error instanceof DatasetError || error instanceof BundleError || error instanceof CheckpointMismatch) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
