import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { ServiceLogger } from '#service';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { untrainedRelease } from '../../../test/support/untrained-release.js';
import { UsageError } from './usage-error.js';
import { validateCommand } from './validate-command.js';
import { ValidationError } from './validation-error.js';

/** Runs the command and gives what it printed. */
async function run(...argv: string[]): Promise<string[]> {
  const printed: string[] = [];
  const command = validateCommand({
    logger: new ServiceLogger({ service: 'spec', level: 'silent' }),
    ...{ code: { version: '0' }, root: '/nowhere', signal: new AbortController().signal, showEveryMs: 0 },
    machine: { cpu: 'spec', cores: 1, memoryGiB: 1, platform: 'spec', node: 'spec' },
    print: (line) => void printed.push(line),
    show: (line) => void printed.push(line),
  });
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  await command.parseAsync(argv, { from: 'user' });
  return printed;
}

describe('npm run replay -- validate', () => {
  it('shows how far it is and says where the report is', async () => {
    await using folder = await temporaryFolder();
    await using release = await untrainedRelease();
    const few = ['--max-stays', '2', '--hours', '6', '--resamples', '5', '--hidden-stays', '0', '--threads', '1'];
    const lines = await run('--recordings', 'test/recordings', '--release', release.path, '--out', folder.path, ...few);
    expect(lines[0]).toBe('replaying through untrained-spec');
    expect(lines.some((line) => /^stays 2 \| windows \d+ \| \d+ windows\/s$/.test(line))).toBe(true);
    expect(lines.at(-1)).toBe(`${folder.path}/report.html\n${folder.path}/report.json`);
  });

  it.each([[[]], [['--dataset', 'eicu-demo=x', '--recording', 'y']]])(
    'needs a data set or a recording, and not both: %j',
    async (argv) => {
      await expect(run(...argv)).rejects.toThrow(UsageError);
    },
  );

  it.each([[['--every', '0.1']], [['--split', 'half']], [['--dataset', 'challenge-2012']], [['--nonsense']]])(
    'refuses %j',
    async (argv) => {
      await expect(run(...argv)).rejects.toThrow(CommanderError);
    },
  );

  it('names a policy that cannot be read', async () => {
    const asked = run('--recordings', 'test/recordings', '--policy', '/no/policy.json');
    await expect(asked).rejects.toThrow(ValidationError);
    await expect(asked).rejects.toThrow('/no/policy.json cannot be read: give the file of an alert policy (--policy).');
  });
});
