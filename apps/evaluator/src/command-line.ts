import { LATEST_END_HOURS, type DatasetPath } from '#training';
import type { NetworkSize } from '#baselines';
import type { NetworkPresetName } from '#network';
import { Command, Option } from 'commander';
import { SPLIT_CHOICES, type SplitChoice } from './data/choose-windows.js';
import { DEFAULTS } from './default-options.js';
import { addFits, addOurs } from './fit-options.js';
import { HIDING_NAMES, type HidingName } from './imputation/hidings.js';
import { addDataset, FOLDER_DATASETS, hidings, numbers, samplers, whole, words } from './option-values.js';
import { SAMPLERS, samplerName, type SamplerChoice } from './sampler/sampler-choice.js';

/** The forms of the command, one a group of tables. */
export type EvaluationForm =
  'mortality' | 'imputation' | 'published-48h' | 'live' | 'ablation' | 'embedding' | 'sampler' | 'fillings';

/** What the command line asks for, checked. Options that a form does not have keep their defaults. */
export interface EvaluateOptions {
  readonly form: EvaluationForm;
  readonly dataset: readonly DatasetPath[];
  readonly part: readonly string[];
  readonly preset: 'honest' | 'paper';
  readonly out: string;
  readonly workDir: string;
  readonly seed: number;
  readonly maxStays?: number;
  readonly resamples: number;
  readonly bundle?: string;
  readonly split: SplitChoice;
  /** Empty for all. */
  readonly methods: readonly string[];
  /** Empty for all. */
  readonly imputers: readonly string[];
  readonly hours: readonly number[];
  readonly hidden: readonly HidingName[];
  readonly windows: 'day' | 'random';
  /** Steps and samples that are compared; the first is what the others are held against. */
  readonly samplers: readonly SamplerChoice[];
  readonly mtdm?: string;
  /** Training windows of each stay that end at random hours, besides those of the table's hours. */
  readonly randomEnds: number;
  /** Epochs in which our imputer learns alone first. */
  readonly pretrainEpochs: number;
  /** Epochs after which the embedding is drawn; 0 is before training. */
  readonly shown: readonly number[];
  readonly sizes: NetworkPresetName;
  /** Rates that are tried for every fitted network. @default 1e-3 in `paper`, 1e-3 and 3e-3 in `honest` */
  readonly learningRates?: readonly number[];
  /** Share of a window's entries that is hidden at most while an imputer of others learns. @default theirs, 0.6 */
  readonly hiddenInTraining?: number;
  /** Of fitted networks of others. */
  readonly networkSize: NetworkSize;
  /** Of our imputer where it is fitted here; CSDI takes its samples and 50 steps of its own. */
  readonly sampler: SamplerChoice;
  /** Folds of the published protocol that are computed, from the first on. */
  readonly folds: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly patience: number;
  readonly signals: 'icu-36' | 'paper-11';
  readonly engine: 'auto' | 'native-gpu' | 'native' | 'wasm' | 'cpu';
}

/** Hours at which live windows end: every third from the fourth on. */
export const LIVE_HOURS: readonly number[] = [4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 34, 37, 40, 43, 46, 48];

/** Hours since admission that windows may end at. */
const endHours = numbers(1, LATEST_END_HOURS);

const SAMPLER_HIDINGS: readonly HidingName[] = ['10', '50'];

/** The command `evaluate`; `parseAsync` rejects with commander's error for wrong usage, `action` gets what was asked for. */
export function evaluateCommand(action: (options: EvaluateOptions) => Promise<void>): Command {
  const command = new Command('evaluate')
    .exitOverride()
    .description(
      'Measures a bundle and the methods it is compared with, from raw files to tables, pictures and raw predictions.\n' +
        'Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted (the same command goes on).',
    );
  const form = (name: EvaluationForm, text: string): Command => {
    const sub = command.command(name).description(text);
    return addCommon(sub, name).action((parsed: Partial<EvaluateOptions>) =>
      action({ ...DEFAULTS, ...parsed, form: name } as EvaluateOptions),
    );
  };
  addBundle(
    addFits(
      form(
        'mortality',
        'Death in hospital. With --bundle a bundle is held against the data and nothing is fitted; without, predictors x imputers are fitted.',
      ),
    ),
  )
    .option('--hours <list>', 'hours since admission at which windows end', endHours, [...DEFAULTS.hours])
    .option('--imputers <list>', 'columns of the table (default: all)', words)
    .option('--mtdm <folder>', 'without --bundle: a bundle whose imputer fills a column, and that has a row of its own')
    .option(
      '--random-ends <n>',
      'without --bundle: training windows of each stay that end at random hours',
      whole(0),
      0,
    );
  addHidden(
    addBundle(addFits(form('imputation', 'Errors on hidden entries, by method and way of hiding.'))),
    HIDING_NAMES,
  ).addOption(
    new Option('--windows <which>', 'day: the first 24 hours; random: ends at random hours, as live')
      .choices(['day', 'random'])
      .default('day'),
  );
  addBundle(addFits(form('live', 'Rolling windows that end at every third hour: only data available by then.'))).option(
    '--hours <list>',
    'hours since admission at which windows end',
    endHours,
    [...LIVE_HOURS],
  );
  addPublished(form);
  addOurs(
    addFits(
      form('ablation', 'Our networks trained as single task, multi task, and multi task + Siamese, without a teacher.'),
    ),
  );
  addOurs(addFits(form('embedding', "t-SNE of the risk network's embedding as training goes on."))).option(
    '--shown <list>',
    'epochs after which it is drawn; training ends with the last',
    numbers(0),
    [...DEFAULTS.shown],
  );
  addFormsOfBundles(form);
  return command;
}

/** Other people's protocol on Challenge 2012, so that our code is held against their figures. */
function addPublished(form: (name: EvaluationForm, text: string) => Command): void {
  addFits(
    form(
      'published-48h',
      "CSDI's protocol on set-a of Challenge 2012: 35 series x 48 hours, a tenth hidden, five folds; and death in hospital on the same windows.",
    ),
  )
    .option('--folds <n>', 'of five', whole(1), DEFAULTS.folds)
    .option('--imputers <list>', 'rows of the imputation table, or none', words, [
      'mean',
      'locf',
      'linear',
      'knn',
      'saits',
      'mtdm-fitted',
    ])
    .option('--methods <list>', 'rows of the mortality table, or none', words, [
      'saps-i',
      'logistic-regression',
      'tree-ensemble',
      'gru-d',
      'mtdm-fitted',
    ]);
}

/** Forms that take a bundle apart; nothing is fitted. */
function addFormsOfBundles(form: (name: EvaluationForm, text: string) => Command): void {
  addHidden(
    addBundle(form('sampler', "Steps and samples of a bundle's sampler against error, coverage and cost."), true),
    SAMPLER_HIDINGS,
  ).addOption(
    new Option('--samplers <list>', 'steps x samples; CRPS is held against the first')
      .argParser(samplers)
      .default([...SAMPLERS], SAMPLERS.map(samplerName).join()),
  );
  addBundle(
    form('fillings', "What the imputed values bring to a bundle's risk: its gaps filled otherwise."),
    true,
  ).option('--hours <list>', 'hours since admission at which windows end', endHours, [...DEFAULTS.hours]);
}

function addCommon(command: Command, form: EvaluationForm): Command {
  return command
    .addOption(
      new Option('--dataset <id=path>', `data set and its folder; may be repeated (${FOLDER_DATASETS.join(', ')})`)
        .argParser(addDataset)
        .default([], 'none'),
    )
    .addOption(
      new Option('--part <name>', 'part of the data set, such as set-c; may be repeated')
        .argParser((text: string, before: readonly string[]) => [...before, text])
        .default([], 'all that are there'),
    )
    .addOption(
      new Option('--preset <name>', 'honest protocol, or the published recipe to the letter')
        .choices(['honest', 'paper'])
        .default('honest'),
    )
    .option('--out <folder>', 'tables, pictures, predictions, manifest and cells', `.vigil/evaluation/${form}`)
    .option('--work-dir <folder>', 'cache of windows', '.vigil/evaluator')
    .option('--seed <n>', 'of window ends, hidden entries, fits and resamples', whole(0), 7)
    .option('--max-stays <n>', 'stays of each data set at most; the tables say so', whole(1))
    .option('--resamples <n>', 'of patients, for 95 % intervals', whole(10), 1000);
}

function addBundle(command: Command, isRequired = false): Command {
  return command
    .addOption(
      new Option(
        '--bundle <folder>',
        'a release to measure; never served here, so any stage and preset will do',
      ).makeOptionMandatory(isRequired),
    )
    .addOption(
      new Option('--split <which>', 'stays that a bundle is held against; all of them with all')
        .choices(SPLIT_CHOICES)
        .default(DEFAULTS.split),
    );
}

function addHidden(command: Command, usual: readonly HidingName[]): Command {
  return command.addOption(
    new Option('--hidden <list>', `ways of hiding: ${HIDING_NAMES.join(', ')}`)
      .argParser(hidings)
      .default([...usual], usual.length === HIDING_NAMES.length ? 'all' : usual.join()),
  );
}
