import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluateCommand, type EvaluateOptions } from './command-line.js';
import type { Methods } from './methods.js';
import type { RunContext } from './run-context.js';
import { run } from './run.js';

/** What the command line makes of words, with tables, cells and windows in a folder of the spec. */
export async function optionsIn(folder: string, ...words: string[]): Promise<EvaluateOptions> {
  let parsed: EvaluateOptions | undefined;
  const command = evaluateCommand(async (options) => {
    parsed = options;
  });
  const folders = ['--out', join(folder, 'out'), '--work-dir', join(folder, 'windows'), '--resamples', '20'];
  await command.parseAsync([...words, ...folders], { from: 'user' });
  return parsed!;
}

/** Surroundings of a run in a spec: no clock, no git. @param printed grows by what is printed */
export function contextOf(methods: Methods, printed: string[] = [], signal = new AbortController().signal): RunContext {
  return {
    print: (line) => printed.push(line),
    nowMs: () => 0,
    signal,
    methods,
    code: { version: '0.0.0-spec' },
    machine: { cpu: 'spec', cores: 1, memoryGiB: 1, platform: 'spec', node: 'spec' },
  };
}

/** Runs the command of words and reads a CSV table that it wrote, a record a row. */
export async function tableOf(
  folder: string,
  methods: Methods,
  table: string,
  ...words: string[]
): Promise<Record<string, string>[]> {
  await run(await optionsIn(folder, ...words), contextOf(methods));
  return readTable(folder, table);
}

/** Reads a CSV table that an earlier run in the folder wrote, a record a row. */
export async function readTable(folder: string, table: string): Promise<Record<string, string>[]> {
  const text = await readFile(join(folder, 'out', `${table}.csv`), 'utf8');
  const [head, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(row.map((field, at) => [head![at]!, field])));
}
