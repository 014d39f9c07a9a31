import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseRecordings, formatRecording, readDataset, type RecordedStay } from '#datasets';
import { Command } from 'commander';
import { readDatasetFlag, type DatasetFlag } from './read-flags.js';
import { recordingsReadme } from './recordings-readme.js';
import { ReplayError } from './replay-error.js';

interface RecordingsFlags {
  readonly dataset: DatasetFlag;
  readonly out: string;
}

/** `npm run recordings`: writes the recordings that the project ships. Equal inputs give equal files. */
export function recordingsCommand(): Command {
  return new Command('recordings')
    .description('Writes the recordings that the project ships: synthetic stays, and six of Challenge 2012 set-a.')
    .requiredOption('--dataset <name=path>', 'challenge-2012=PATH, with set-a and its outcomes', readDatasetFlag)
    .option('--out <folder>', 'where to write; earlier recordings there are replaced', 'test/recordings')
    .action(async ({ dataset, out }: RecordingsFlags) => {
      if (dataset.name !== 'challenge-2012') {
        throw new ReplayError(`Recordings are built from challenge-2012, not from ${dataset.name}.`);
      }
      const real = await chooseRecordings(readDataset({ id: 'challenge-2012', path: dataset.path, parts: ['set-a'] }));
      const recordings = [...real];
      for await (const recorded of readDataset({ id: 'synthetic', vitalEveryMinutes: 30 })) recordings.push(recorded);
      const bytes = await writeRecordings(recordings, out);
      console.log(`wrote ${recordings.length} recordings, ${Math.round(bytes / 1024)} KiB, to ${out}`);
    });
}

async function writeRecordings(recordings: readonly RecordedStay[], folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (await isRecording(join(folder, name))) await rm(join(folder, name));
  let bytes = 0;
  for (const recorded of recordings) {
    const text = formatRecording(recorded);
    bytes += Buffer.byteLength(text);
    await writeFile(join(folder, `${recorded.stay.stayId}.ndjson`), text);
  }
  await writeFile(join(folder, 'README.md'), recordingsReadme(recordings));
  return bytes;
}

/** Whether a file is a recording of a stay, by its name and its first line. */
async function isRecording(path: string): Promise<boolean> {
  return path.endsWith('.ndjson') && (await readFile(path, 'utf8')).startsWith('{"event":"stay-admitted"');
}
