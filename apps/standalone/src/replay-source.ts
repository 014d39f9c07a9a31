import { firstStays, openDataset, type StaySource } from '#replay';
import { fileURLToPath } from 'node:url';
import type { CommandLine } from './command-line.js';

/** The recordings that come with Vigil, wherever it is started from. */
const RECORDINGS = fileURLToPath(new URL('../../../../test/recordings', import.meta.url));

/** The stays to replay, and what to say of them. */
export function replaySource(commandLine: Pick<CommandLine, 'dataset' | 'stays' | 'speed'>): {
  readonly source: StaySource;
  readonly words: string;
} {
  const { dataset = { name: 'recordings', path: RECORDINGS }, stays, speed } = commandLine;
  const opened = openDataset(dataset);
  const what = commandLine.dataset ? `up to ${stays} stays of ${dataset.name}` : 'the stays of test/recordings';
  const pace = speed === Infinity ? 'as fast as possible' : `at ${speed} times the speed of life`;
  return { source: firstStays(opened.stays, stays), words: `${what}, ${pace}` };
}
