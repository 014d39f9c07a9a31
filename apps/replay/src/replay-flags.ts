import { join } from 'node:path';
import { COHORT_IDS, SPLIT_PARTS, type SplitPart } from '#datasets';
import { Command, Option } from 'commander';
import {
  readBrokersFlag,
  readCountFlag,
  readDatasetFlag,
  readMomentFlag,
  readSpeedFlag,
  type DatasetFlag,
} from './read-flags.js';

/** What `npm run replay -- ...` was given. */
export interface ReplayFlags {
  readonly dataset: readonly DatasetFlag[];
  readonly recordings?: string;
  readonly recording?: string;
  readonly synthetic?: number;
  readonly part?: readonly string[];
  readonly split?: SplitPart;
  readonly stays: number;
  readonly hours: number;
  readonly speed: number;
  readonly fastForward: number;
  readonly stagger: number;
  readonly wardSize: number;
  readonly anchor?: number;
  readonly prefix: string;
  readonly brokers?: readonly string[];
  readonly state?: string;
  readonly resume: boolean;
  readonly progressFile?: string;
  readonly quiet: boolean;
}

/** Folder of the shipped recordings, from the project's folder. */
export const SHIPPED_RECORDINGS = join('test', 'recordings');

const MOST_STAYS = 20_000;

/** The flags of the replay; the action is the caller's. */
export function replayFlags(): Command {
  const add = (flag: DatasetFlag, before: readonly DatasetFlag[]): readonly DatasetFlag[] => [...before, flag];
  return new Command('replay')
    .description(
      'Puts recorded stays on the log as if they were happening. Without a data set: the recordings that are shipped. ' +
        'Two verbs of their own: "record" writes topics to a file, "validate" scores recorded stays and judges the scores (each has --help).',
    )
    .option(
      '--dataset <name=path>',
      `your copy of ${COHORT_IDS.join(', ')}; may be given more than once`,
      (text, before: readonly DatasetFlag[]) => add(readDatasetFlag(text), before),
      [],
    )
    .option('--recordings <folder>', 'recorded stays (*.ndjson)')
    .option('--recording <file>', 'topics that "replay record" wrote, with the times of their recording')
    .option('--synthetic <count>', 'made-up stays', readCountFlag(1, MOST_STAYS))
    .option('--part <name...>', 'parts of a challenge, such as set-a (default: all that are there)')
    .addOption(new Option('--split <part>', 'only persons of this part of the split').choices(SPLIT_PARTS))
    .option('--stays <count>', 'replay at most so many stays', readCountFlag(1, MOST_STAYS), 100)
    .option('--hours <hours>', 'replay only the first hours of a stay', readCountFlag(1, 2400), 120)
    .option('--speed <factor>', 'simulated seconds a second, or max', readSpeedFlag, 600)
    .option('--fast-forward <hours>', 'first replay so many hours as fast as possible', readCountFlag(0, 10_000), 0)
    .option('--stagger <minutes>', 'simulated minutes between two admissions', readCountFlag(0, 100_000), 0)
    .option('--ward-size <beds>', 'beds in a ward', readCountFlag(1, 10_000), 20)
    .option('--anchor <moment>', 'when the first stay is admitted (default: so that all ends now)', readMomentFlag)
    .option('--prefix <text>', "put before every stay's id; a second replay on the same log needs one", '')
    .option('--brokers <list>', 'Kafka, host:port,host:port (also KAFKA_BROKERS)', readBrokersFlag)
    .option('--state <folder>', 'embedded log where there is no Kafka (also VIGIL_STATE; default .vigil)')
    .option('--resume', 'go on where an earlier replay was interrupted', false)
    .option('--progress-file <path>', 'where the position is kept (default: replay-progress.json in the state folder)')
    .option('--quiet', 'show no progress', false)
    .allowExcessArguments(false);
}
