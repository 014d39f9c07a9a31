import { readChallenge2012 } from './challenge-2012/read-challenge-2012.js';
import { readChallenge2019 } from './challenge-2019/read-challenge-2019.js';
import type { DatasetId } from './dataset-id.js';
import { readEicu, readEicuDemo } from './eicu/read-eicu.js';
import { readLocal } from './local/read-local.js';
import { readMimicIii, readMimicIv } from './mimic/read-mimic.js';
import type { ReadContext } from './read-context.js';
import { ReadReport } from './read-report.js';
import type { RecordedStay } from './recorded-stay.js';
import { readRecordings } from './recordings/read-recordings.js';
import { ResultDelay } from './result-delay.js';
import { readSynthetic } from './synthetic/read-synthetic.js';
import { readTable } from './table/read-table.js';

/** A data set that lies in a folder. */
export interface FolderDataset {
  readonly id: Exclude<DatasetId, 'synthetic'>;
  /** Folder that holds the files as PhysioNet gives them (or recordings, or a training set). */
  readonly path: string;
  /** Parts of the data set, such as `set-a`; of a training set its months, such as `2026-11`. @default all that are there */
  readonly parts?: readonly string[];
  /** What DuckDB may hold in memory while it sorts large tables, MiB; the rest goes to `TMPDIR`. @default 1024 */
  readonly memoryMb?: number;
  /** Seed of the simulated delay of laboratory results. @default 2012 */
  readonly delaySeed?: number;
}

/** Stays that are made up. */
export interface SyntheticDataset {
  readonly id: 'synthetic';
  /** How many. @default 6 */
  readonly stays?: number;
  /** Another seed gives other values in the same scenarios. @default 1 */
  readonly seed?: number;
  /** Minutes between two values of a vital sign; a monitor sends every few seconds. @default 20 */
  readonly vitalEveryMinutes?: number;
  /** Seed of the simulated delay of laboratory results. @default 2012 */
  readonly delaySeed?: number;
}

/** What to read and from where. */
export type ReadDatasetOptions = FolderDataset | SyntheticDataset;

/** Stays as they are read, and the report that grows with them. Each iteration reads from the start with a report of its own. */
export interface DatasetReading extends AsyncIterable<RecordedStay> {
  /** The report of the latest iteration. */
  readonly report: ReadReport;
}

const DEFAULT_DELAY_SEED = 2012;
const DEFAULT_MEMORY_MB = 1024;
const FOLDER_READERS: Record<FolderDataset['id'], (context: ReadContext) => AsyncGenerator<RecordedStay>> = {
  'challenge-2012': readChallenge2012,
  'challenge-2019': readChallenge2019,
  eicu: readEicu,
  'eicu-demo': readEicuDemo,
  'mimic-iii': readMimicIii,
  'mimic-iv': readMimicIv,
  table: readTable,
  local: readLocal,
  recordings: readRecordings,
};

/**
 * Reads a data set into stays, one after the other; leaving the loop early closes the files.
 *
 * Iteration rejects with a {@link DatasetError} when the path is missing, foreign or damaged. Rows that cannot be used are left out and
 * counted in the report.
 */
export function readDataset(options: ReadDatasetOptions): DatasetReading {
  const reading = {
    report: new ReadReport(),
    [Symbol.asyncIterator](): AsyncIterator<RecordedStay> {
      reading.report = new ReadReport();
      return staysOf(options, reading.report);
    },
  };
  return reading;
}

function staysOf(options: ReadDatasetOptions, report: ReadReport): AsyncGenerator<RecordedStay> {
  const delay = new ResultDelay(options.delaySeed ?? DEFAULT_DELAY_SEED);
  if (options.id === 'synthetic') {
    const { stays = 6, seed = 1, vitalEveryMinutes = 20 } = options;
    return readSynthetic({ stays, seed, vitalEveryMinutes, delay, report });
  }
  const { id, path, parts, memoryMb = DEFAULT_MEMORY_MB } = options;
  return FOLDER_READERS[id]({ path, parts, memoryMb, delay, report });
}
