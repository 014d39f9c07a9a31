import { SIGNAL_SETS, type SignalSetName } from '#clinical';
import { COHORT_IDS, partsByDataset } from '#datasets';
import { DEFAULT_SETTINGS, type DatasetPath } from '#training';
import { NETWORK_PRESETS, type NetworkPresetName } from '#network';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readDatasetFlag } from './read-dataset-flag.js';

/** Risk networks of a release where nothing else is asked for. */
export const DEFAULT_MEMBERS = 1;
/** Share of units silenced in training, as the published recipe has it. */
export const DEFAULT_DROPOUT = NETWORK_PRESETS.serving.risk.dropout;

/** What the command line asks for, checked. */
export interface TrainOptions {
  readonly dataset: readonly DatasetPath[];
  readonly part?: readonly string[];
  readonly preset: 'honest' | 'paper';
  readonly signals: SignalSetName;
  readonly releaseId?: string;
  readonly out?: string;
  readonly workDir: string;
  readonly resume: boolean;
  readonly finish: boolean;
  readonly untrained: boolean;
  readonly warmStart?: string;
  readonly freezeImputer: boolean;
  readonly freshRisk: boolean;
  readonly keepRisk: boolean;
  readonly engine: 'auto' | 'native-gpu' | 'native' | 'wasm' | 'cpu';
  readonly seed: number;
  readonly pretrainEpochs: number;
  readonly epochs: number;
  readonly patience: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly randomEnds: number;
  readonly maxStays?: number;
  /** Epoch milliseconds. */
  readonly until?: number;
  readonly sizes: NetworkPresetName;
  readonly teacherShare: number;
  readonly members: number;
  readonly riskEpochs: number;
  readonly weightDecay: number;
  readonly dropout: number;
}

/** The command `train`; `parse` throws commander's error for wrong usage, `action` gets what was asked for. */
export function trainCommand(action: (options: TrainOptions) => Promise<void>): Command {
  const command = new Command('train')
    .description(
      'Trains the imputer and the risk network jointly and writes a release.\n' +
        'Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted (go on with --resume).',
    )
    .addOption(
      new Option('--dataset <id=path>', `data set and its folder; may be repeated (${COHORT_IDS.join(', ')})`)
        .argParser(addDataset)
        .default([], 'none'),
    )
    .option('--part <name...>', 'parts of a challenge, such as set-a (default: all that are there)')
    .addOption(
      new Option('--preset <name>', 'honest is served; paper repeats the published recipe and is never served')
        .choices(['honest', 'paper'])
        .default('honest'),
    )
    .addOption(new Option('--signals <set>', 'signals').choices(Object.keys(SIGNAL_SETS)).default('icu-36'))
    .option('--release-id <id>', 'name of the release (default: preset, signals and seed)')
    .option('--out <folder>', 'folder of the release (default: libs/model/releases/<release id>)')
    .option('--work-dir <folder>', 'window cache and checkpoints', '.vigil/trainer')
    .option('--resume', 'go on from the last checkpoint of the same training', false)
    .option('--finish', 'with --resume: train no further, release the best epoch so far', false)
    .option('--warm-start <folder>', 'release whose weights and scales the training starts from')
    .option(
      '--freeze-imputer',
      'with --warm-start: its imputer stays as it is, the risk networks are trained alone',
      false,
    )
    .option('--fresh-risk', 'with --warm-start: the risk networks start from new weights', false)
    .option('--keep-risk', 'with --freeze-imputer: risk networks of the release stay, further ones are trained', false)
    .option('--untrained', 'write random weights, marked as untrained, without any data', false)
    .addOption(
      new Option('--engine <name>', 'TensorFlow.js backend; native needs npm run setup:tensorflow')
        .choices(['auto', 'native-gpu', 'native', 'wasm', 'cpu'])
        .default('auto'),
    );
  return addNumbers(command).action((options: TrainOptions) => action(withParts(options)));
}

/** Hands each data set the parts that are its own. */
function withParts(options: TrainOptions): TrainOptions {
  const ofEach = partsByDataset(
    options.dataset.map(({ id }) => id),
    options.part,
  );
  const dataset = options.dataset.map((one) => {
    const parts = ofEach.get(one.id);
    return parts === undefined ? one : { ...one, parts };
  });
  return { ...options, dataset };
}

function addNumbers(command: Command): Command {
  return command
    .option('--seed <n>', 'of weights, window ends, hidden entries and noise', whole(0), DEFAULT_SETTINGS.seed)
    .option('--pretrain-epochs <n>', 'the imputer alone, first', whole(0), DEFAULT_SETTINGS.pretrainEpochs)
    .option('--epochs <n>', 'both networks together, at most', whole(1), DEFAULT_SETTINGS.epochs)
    .option('--patience <n>', 'epochs without a better validation before it ends', whole(1), DEFAULT_SETTINGS.patience)
    .option('--batch-size <n>', 'windows a step', whole(4), DEFAULT_SETTINGS.batchSize)
    .option('--learning-rate <x>', "Adam's", positive, DEFAULT_SETTINGS.learningRate)
    .option('--random-ends <n>', 'windows a stay that end at random hours', whole(0), 6)
    .option('--max-stays <n>', 'stays of each data set, for a trial', whole(1))
    .option(
      '--until <moment>',
      'only stays that ended before, such as 2026-03-01T00:00:00Z; for data with dates',
      moment,
    )
    .option(
      '--teacher-share <x>',
      'weight of a cross-fitted tree ensemble beside the outcome, 0 for none',
      share,
      DEFAULT_SETTINGS.teacherShare,
    )
    .option('--members <n>', 'risk networks, of which each reads every window', whole(1), DEFAULT_MEMBERS)
    .option(
      '--risk-epochs <n>',
      'of each risk network that is learned alone, at most',
      whole(1),
      DEFAULT_SETTINGS.riskEpochs,
    )
    .option(
      '--weight-decay <x>',
      'share of every weight taken off a step, times the learning rate',
      share,
      DEFAULT_SETTINGS.weightDecay,
    )
    .option('--dropout <x>', 'share of the units of risk networks silenced in training', share, DEFAULT_DROPOUT)
    .addOption(
      new Option('--sizes <name>', 'sizes of the networks').choices(Object.keys(NETWORK_PRESETS)).default('serving'),
    );
}

function addDataset(text: string, before: readonly DatasetPath[]): readonly DatasetPath[] {
  return [...before, readDatasetFlag(text)];
}

function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least)
      throw new InvalidArgumentError(`expected a whole number from ${least}`);
    return value;
  };
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('expected a share from 0 to 1');
  return value;
}

function moment(text: string): number {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('expected a moment such as 2026-03-01T00:00:00Z');
  return atMs;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('expected a number above 0');
  return value;
}
