import { Command, InvalidArgumentError, Option } from 'commander';

/** What `npm start -- ...` was given. */
export interface CommandLine {
  /** Patients' records to replay instead of the shipped recordings. */
  readonly dataset?: DatasetPath;
  /** Largest number of stays to replay at a time. */
  readonly stays: number;
  /** Simulated seconds a second, after the fast-forward. */
  readonly speed: number;
  /** Simulated hours that are replayed as fast as the machine can before `speed` applies. */
  readonly fastForwardHours: number;
  /** False: only what others put on the log. */
  readonly replay: boolean;
  readonly port?: number;
  readonly state?: string;
  /** Forget the earlier state first. */
  readonly fresh: boolean;
}

/** A data set by name, and where the user keeps it. */
export interface DatasetPath {
  readonly name: string;
  readonly path: string;
}

/** The flags of `npm start`; exit code 2 for a wrong one is the caller's. */
export function standaloneCommand(): Command {
  return new Command('npm start --')
    .description(
      'Runs all of Vigil in one process on 127.0.0.1 and replays a ward. Research software, not a medical device.',
    )
    .option(
      '--dataset <name=path>',
      'replay your copy of a data set, such as challenge-2012=/data/challenge-2012',
      datasetPath,
    )
    .option('--stays <count>', 'how many stays to replay', wholeNumber(1, 10_000), 50)
    .option('--speed <factor>', 'simulated seconds a second, or max', speed, 120)
    .option('--fast-forward <hours>', 'simulated hours to replay at full speed first', wholeNumber(0, 1000), 12)
    .option('--no-replay', 'replay nothing; score what others put on the log')
    .option('--port <port>', 'port on 127.0.0.1 (also PORT; default 3000)', wholeNumber(0, 65_535))
    .option('--state <folder>', 'where the state is kept (also VIGIL_STATE; default .vigil/state)')
    .addOption(new Option('--fresh', 'forget the earlier state first').default(false))
    .allowExcessArguments(false)
    .showHelpAfterError('(--help lists the options)');
}

/** Reads the flags; throws commander's CommanderError for a wrong one, which has been printed then. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const options = standaloneCommand()
    .exitOverride()
    .parse([...argv], { from: 'user' })
    .opts<Omit<CommandLine, 'fastForwardHours'> & { fastForward: number }>();
  const { fastForward, ...rest } = options;
  return { ...rest, fastForwardHours: fastForward };
}

function datasetPath(text: string): DatasetPath {
  const [, name, path] = /^([a-z0-9-]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || path === undefined) {
    throw new InvalidArgumentError('Expected name=path, such as challenge-2012=/data/challenge-2012.');
  }
  return { name, path };
}

function speed(text: string): number {
  if (text === 'max') return Infinity;
  const factor = Number(text);
  if (!(factor > 0 && factor <= 1_000_000))
    throw new InvalidArgumentError('Expected a number from 0 to 1000000, or max.');
  return factor;
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}
