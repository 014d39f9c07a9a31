import { readChallenge2012 } from './challenge-2012/read-challenge-2012.js';
import { readEicuDemo } from './eicu-demo/read-eicu-demo.js';
import type { ReadContext } from './read-context.js';
import { ReadReport } from './read-report.js';
import type { RecordedStay } from './recorded-stay.js';
import { ResultDelay } from './result-delay.js';

/** What to read and from where. */
export interface ReadDatasetOptions {
  readonly id: 'challenge-2012' | 'eicu-demo';
  /** Folder that holds the files as PhysioNet gives them. */
  readonly path: string;
  /** Parts of the data set, such as `set-a`. @default all that are there */
  readonly parts?: readonly string[];
  /** Seed of the simulated delay of laboratory results. @default 2012 */
  readonly delaySeed?: number;
}

/** Stays as they are read, and the report that grows with them. Each iteration reads from the start with a report of its own. */
export interface DatasetReading extends AsyncIterable<RecordedStay> {
  /** The report of the latest iteration. */
  readonly report: ReadReport;
}

const DEFAULT_DELAY_SEED = 2012;

const READERS: Record<ReadDatasetOptions['id'], (context: ReadContext) => AsyncGenerator<RecordedStay>> = {
  'challenge-2012': readChallenge2012,
  'eicu-demo': readEicuDemo,
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
      const delay = new ResultDelay(options.delaySeed ?? DEFAULT_DELAY_SEED);
      const { id, path, parts } = options;
      return READERS[id]({ path, parts, delay, report: reading.report });
    },
  };
  return reading;
}
