import { readCountFlag, readDatasetFlag, readSpeedFlag, type DatasetFlag } from '#replay';
import { Command, Option } from 'commander';

/** What `npm start -- ...` was given. */
export interface CommandLine {
  /** Patients' records to replay instead of the shipped recordings. */
  readonly dataset?: DatasetFlag;
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

/** The flags of `npm start`; exit code 2 for a wrong one is the caller's. */
export function standaloneCommand(): Command {
  return new Command('npm start --')
    .description(
      'Runs all of Vigil in one process on 127.0.0.1 and replays a ward. Research software, not a medical device.',
    )
    .option(
      '--dataset <name=path>',
      'replay your copy of a data set, such as challenge-2012=/data/challenge-2012',
      readDatasetFlag,
    )
    .option('--stays <count>', 'how many stays to replay', readCountFlag(1, 10_000), 50)
    .option('--speed <factor>', 'simulated seconds a second, or max', readSpeedFlag, 120)
    .option('--fast-forward <hours>', 'simulated hours to replay at full speed first', readCountFlag(0, 1000), 12)
    .option('--no-replay', 'replay nothing; score what others put on the log')
    .option('--port <port>', 'port on 127.0.0.1 (also PORT; default 3000)', readCountFlag(0, 65_535))
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
