import { readFile } from 'node:fs/promises';
import type { ConfiguredSink } from '../alert-delivery.js';
import { makeSink, type SinkSurroundings } from './make-sink.js';
import { SinkFileError } from './sink-file-error.js';
import { sinkFileSchema } from './sink-file-schema.js';

/**
 * Reads the file that names the sinks and makes them, with their secrets from the environment.
 *
 * @throws SinkFileError naming every problem: a file that is no JSON, what the schema refuses, a variable that is not set, a secret of the wrong form
 */
export async function readSinkFile(path: string, surroundings: SinkSurroundings): Promise<ConfiguredSink[]> {
  const parsed = sinkFileSchema.safeParse(parse(path, await read(path)));
  if (!parsed.success) {
    const { issues } = parsed.error;
    throw new SinkFileError(
      path,
      issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message.replace(/^Invalid input: /, '')}`),
    );
  }
  const problems: string[] = [];
  const sinks: ConfiguredSink[] = [];
  for (const configuration of parsed.data.sinks) {
    const made = makeSink(configuration, surroundings, (problem) => {
      problems.push(`${configuration.name}: ${problem}`);
    });
    if (made !== undefined) sinks.push({ sink: made, policy: definedOf(configuration.delivery) });
  }
  if (problems.length > 0) throw new SinkFileError(path, problems);
  return sinks;
}

async function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SinkFileError(path, [`the file cannot be read (${error.code}); expected JSON, see the alerter's README`]);
  });
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SinkFileError(path, [`the file is no JSON: ${(error as Error).message}`]);
  }
}

function definedOf<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
