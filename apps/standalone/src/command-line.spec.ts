import { describe, expect, it } from '@jest/globals';
import { readCommandLine, standaloneCommand } from './command-line.js';

/** The message of the refusal of some flags. */
function refusal(...argv: string[]): string {
  const command = standaloneCommand().exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    return String(error);
  }
  return 'accepted';
}

describe('the command line of standalone', () => {
  it('replays the shipped recordings when nothing is said', () => {
    expect(readCommandLine([])).toEqual({ stays: 50, speed: 120, fastForwardHours: 12, replay: true, fresh: false });
  });

  it('takes a data set, its stays, a speed and a state', () => {
    const argv = [
      '--dataset',
      'challenge-2012=/data/2012',
      '--stays',
      '5',
      '--speed',
      'max',
      '--state',
      's',
      '--fresh',
    ];
    expect(readCommandLine(argv)).toMatchObject({
      dataset: { name: 'challenge-2012', path: '/data/2012' },
      stays: 5,
      speed: Infinity,
      state: 's',
      fresh: true,
    });
  });

  it('can do without a replay', () => {
    expect(readCommandLine(['--no-replay', '--port', '0'])).toMatchObject({ replay: false, port: 0 });
  });

  it.each([
    ['--dataset', 'challenge-2012'],
    ['--speed', '-1'],
    ['--stays', '0'],
    ['--port', '70000'],
    ['--fast-forward', 'x'],
  ])('refuses %s %s and says what it expected', (flag, value) => {
    expect(refusal(flag, value)).toMatch(/Expected/);
  });

  it('refuses an unknown flag and a stray word', () => {
    expect(refusal('--sped', '3')).toMatch(/unknown option/);
    expect(refusal('challenge-2012')).toMatch(/too many arguments/);
  });
});
