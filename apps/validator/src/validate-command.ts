import { partsByDataset } from '#datasets';
import { shippedReleaseDirectory } from '#model';
import type { CodeVersion, Machine } from '#reporting';
import type { ServiceLogger } from '#service';
import type { Command } from 'commander';
import { progressText } from './progress-text.js';
import { readPolicies } from './read-policies.js';
import type { ScoringProgress } from './score-dataset.js';
import type { StayChoice } from './stays/chosen-stays.js';
import { UsageError } from './usage-error.js';
import { usualPolicy } from './usual-policy.js';
import { validate } from './validate.js';
import { validateFlags, type ValidateFlags } from './validate-flags.js';
import type { ValidationWish } from './validation-wish.js';

/** What the command is given by its process. */
export interface CommandSurroundings {
  readonly logger: ServiceLogger;
  readonly code: CodeVersion;
  readonly machine: Machine;
  /** Of the project: where the alerter's policy lies. */
  readonly root: string;
  readonly print: (line: string) => void;
  /** Shows a line that the next one replaces; nothing where that cannot be. */
  readonly show: (line: string) => void;
  /** Time between two such lines. */
  readonly showEveryMs: number;
  readonly signal: AbortSignal;
}

/** `npm run replay -- validate`: replays, judges, and says where the report is. */
export function validateCommand(surroundings: CommandSurroundings): Command {
  const command = validateFlags();
  return command.action(async () => {
    const flags = command.opts<ValidateFlags>();
    const { print, root } = surroundings;
    const wish = { ...wishOf(flags), policies: await readPolicies(flags.policy, usualPolicy(root)) };
    const { html, json } = await validate(wish, {
      ...surroundings,
      say: flags.quiet ? () => undefined : print,
      onProgress: flags.quiet ? () => undefined : nowAndThen(surroundings),
    });
    print(`${html}\n${json}`);
  });
}

function wishOf(flags: ValidateFlags): Omit<ValidationWish, 'policies'> {
  const { recording, release, every, panels, seed, resamples, contributions, hiddenStays, threads, out, brokers } =
    flags;
  const choices = choicesOf(flags);
  if ((choices.length === 0) === (recording === undefined))
    throw new UsageError('Give --dataset name=path or --recordings, or --recording with a file of "replay record".');
  return {
    ...{ choices, everyHours: every, panels, seed, resamples, contributions, hiddenStays, threads, outFolder: out },
    ...(recording === undefined ? {} : { recording }),
    ...(brokers === undefined ? {} : { brokers }),
    releases: release.length > 0 ? release : [shippedReleaseDirectory()],
    command: commandOf(flags),
  };
}

function choicesOf({ dataset, recordings, part, split, hours, maxStays, includeSeen }: ValidateFlags): StayChoice[] {
  const folders = [...dataset, ...(recordings === undefined ? [] : [{ name: 'recordings', path: recordings }])];
  const ofEach = partsByDataset(
    folders.map(({ name }) => name),
    part,
  );
  return folders.map(({ name, path }) => {
    const parts = ofEach.get(name);
    return {
      ...{ name, path, maxHours: hours, maxStays, includeSeen },
      ...(parts === undefined ? {} : { parts }),
      ...(split === undefined ? {} : { split }),
    };
  });
}

/** The command as it stands in the report, with PATH for the user's folders. */
function commandOf(flags: ValidateFlags): string {
  const { dataset, recordings, recording, release, part = [], split, includeSeen, maxStays, hours, every } = flags;
  const words = [
    ...dataset.map(({ name }) => `--dataset ${name}=PATH`),
    ...(recordings === undefined ? [] : ['--recordings PATH']),
    ...(recording === undefined ? [] : ['--recording PATH']),
    ...release.map(() => '--release PATH'),
    ...part.map((name) => `--part ${name}`),
    ...(split === undefined ? [] : [`--split ${split}`]),
    ...(includeSeen ? ['--include-seen'] : []),
    ...(maxStays < 1_000_000 ? [`--max-stays ${maxStays}`] : []),
    ...[
      `--hours ${hours}`,
      `--every ${every}`,
      ...(flags.panels ? [] : ['--no-panels']),
      `--seed ${flags.seed}`,
      `--resamples ${flags.resamples}`,
    ],
    ...[`--hidden-stays ${flags.hiddenStays}`, ...(flags.contributions ? ['--contributions'] : [])],
    ...flags.policy.map(() => '--policy PATH'),
    ...[`--threads ${flags.threads}`, ...(flags.brokers === undefined ? [] : ['--brokers BROKERS'])],
  ];
  return `npm run replay -- validate ${words.join(' ')}`;
}

function nowAndThen({ show, showEveryMs }: CommandSurroundings): (progress: ScoringProgress) => void {
  let shownMs = -Infinity;
  return (progress) => {
    if (performance.now() - shownMs < showEveryMs) return;
    shownMs = performance.now();
    show(progressText(progress));
  };
}
