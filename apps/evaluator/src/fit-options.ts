import { NETWORK_PRESETS } from '#network';
import { Option, type Command } from 'commander';
import { DEFAULTS } from './default-options.js';
import { rates, sampler, share, whole, words } from './option-values.js';

/** Options of forms that fit methods, each where it makes a difference: a table repeats them as they were asked for. */
export function addFits(command: Command): Command {
  const form = command.name();
  if (form !== 'embedding') {
    if (form !== 'published-48h') command.option('--methods <list>', 'rows of the table (default: all)', words);
    command
      .option('--epochs <n>', 'of fitted networks, at most', whole(1), DEFAULTS.epochs)
      .option('--patience <n>', 'epochs without a better validation', whole(1), DEFAULTS.patience);
  }
  if (form !== 'embedding' && form !== 'ablation') addTuning(command, form === 'published-48h');
  return command
    .addOption(
      new Option('--signals <set>', 'signals of fitted methods')
        .choices(['icu-36', 'paper-11'])
        .default(DEFAULTS.signals),
    )
    .addOption(
      new Option('--sizes <name>', 'of our networks').choices(Object.keys(NETWORK_PRESETS)).default(DEFAULTS.sizes),
    )
    .option('--batch-size <n>', 'windows a step of our networks', whole(4), DEFAULTS.batchSize)
    .addOption(
      new Option('--engine <name>', 'TensorFlow.js backend of fitted networks')
        .choices(['auto', 'native-gpu', 'native', 'wasm', 'cpu'])
        .default(DEFAULTS.engine),
    );
}

/** Options of forms that fit methods of others, ours among them. */
function addTuning(command: Command, isPublished: boolean): void {
  command
    .option('--learning-rates <list>', 'tried for every fitted network; validation chooses (default: by preset)', rates)
    .option('--hidden-in-training <share>', 'of a window at most, while imputers of others learn (default: 0.6)', share)
    .addOption(
      new Option('--network-size <name>', 'of fitted networks of others')
        .choices(['tiny', 'default', 'full-size'])
        .default(DEFAULTS.networkSize),
    )
    .addOption(
      new Option('--sampler <steps x samples>', 'of our fitted imputer; CSDI takes the samples')
        .argParser(sampler)
        .default(isPublished ? { steps: 8, samples: 100 } : DEFAULTS.sampler, isPublished ? '8x100' : '4x8'),
    );
}

/** Options of forms that train our networks. */
export function addOurs(command: Command): Command {
  return command
    .addOption(
      new Option('--split <which>', 'measured on the test part, or while settings are being chosen on validation')
        .choices(['test', 'validation'])
        .default('test'),
    )
    .option('--pretrain-epochs <n>', 'in which the imputer learns alone first', whole(0), DEFAULTS.pretrainEpochs)
    .option('--random-ends <n>', 'training windows of each stay that end at random hours', whole(0), 0);
}
