import { availableParallelism } from 'node:os';
import { COHORT_IDS, SPLIT_PARTS, type SplitPart } from '#datasets';
import { readBrokersFlag, readCountFlag, readDatasetFlag, type DatasetFlag } from '#replay';
import { Command, InvalidArgumentError, Option } from 'commander';

/** What `npm run replay -- validate ...` was given. */
export interface ValidateFlags {
  readonly dataset: readonly DatasetFlag[];
  readonly recordings?: string;
  readonly recording?: string;
  readonly release: readonly string[];
  readonly part?: readonly string[];
  readonly split?: SplitPart;
  readonly includeSeen: boolean;
  readonly maxStays: number;
  readonly hours: number;
  readonly every: number;
  readonly panels: boolean;
  readonly seed: number;
  readonly resamples: number;
  readonly hiddenStays: number;
  readonly contributions: boolean;
  readonly policy: readonly string[];
  readonly threads: number;
  readonly brokers?: readonly string[];
  readonly out: string;
  readonly quiet: boolean;
}

const MOST_THREADS = 64;

/** The flags of a validation; the action is the caller's. */
export function validateFlags(): Command {
  const more = <Value>(value: Value, before: readonly Value[]): readonly Value[] => [...before, value];
  return new Command('validate')
    .description(
      'Replays recorded stays through the scorer under a virtual clock, for one release or two side by side, and writes a report (HTML and JSON). Research software, not a medical device.',
    )
    .option(
      '--dataset <name=path>',
      `your copy of ${COHORT_IDS.join(', ')}; may be given more than once`,
      (text, before: readonly DatasetFlag[]) => more(readDatasetFlag(text), before),
      [],
    )
    .option('--recordings <folder>', 'recorded stays (*.ndjson)')
    .option('--recording <file>', 'topics that "replay record" wrote, instead of a data set')
    .option(
      '--release <folder>',
      'a release; a second one stands beside it (default: the shipped one)',
      more<string>,
      [],
    )
    .option('--part <name...>', 'parts of a data set, such as set-b (default: all that are there)')
    .addOption(new Option('--split <part>', 'only persons of this part of the split').choices(SPLIT_PARTS))
    .option('--include-seen', "takes stays of a release's training, too; figures then flatter", false)
    .option('--max-stays <count>', 'stays of each data set, at most', readCountFlag(1, 1_000_000), 1_000_000)
    .option('--hours <hours>', 'only the first hours of a stay', readCountFlag(1, 2_400), 120)
    .option('--every <hours>', "hours of a stay's time between two scores", hoursFlag, 1)
    .option('--no-panels', 'no score before its time when a laboratory panel is complete: even distances')
    .option('--seed <number>', 'of resamples and hidden entries', readCountFlag(0, 2 ** 31), 7)
    .option('--resamples <count>', 'of the bootstrap', readCountFlag(1, 100_000), 1_000)
    .option('--hidden-stays <count>', 'stays on which the imputer is judged, at most', readCountFlag(0, 1_000_000), 500)
    .option(
      '--contributions',
      'computes contributions and imputed values of every score, too; the risk is the same',
      false,
    )
    .option(
      '--policy <file>',
      "an alert policy; may be given more than once (default: the alerter's own)",
      more<string>,
      [],
    )
    .option('--threads <count>', 'model threads', readCountFlag(1, MOST_THREADS), Math.min(8, availableParallelism()))
    .option('--brokers <list>', 'on Kafka, in topics of its own (default: in memory)', readBrokersFlag)
    .option(
      '--out <folder>',
      'report, and the scores as they are made; the same command goes on there',
      '.vigil/validation',
    )
    .option('--quiet', 'show no progress', false)
    .allowExcessArguments(false);
}

function hoursFlag(text: string): number {
  const hours = Number(text);
  if (text.trim() !== '' && hours >= 0.25 && hours <= 24) return hours;
  throw new InvalidArgumentError('Expected hours from 0.25 to 24.');
}
