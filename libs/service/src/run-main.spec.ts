import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

/** How a process ends whose main function is `main`, an expression. */
function endOf(main: string): { status: number | null; stderr: string } {
  const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  const code = `
    import { runMain } from ${url('run-main.js')};
    import { SettingsError } from ${url('settings-error.js')};
    class PolicyError extends Error {}
    runMain(${main}, [PolicyError]);
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  return { status, stderr };
}

describe('the end of a main function', () => {
  it.each([
    ['async () => undefined', 0, ''],
    ["async () => { throw new Error('the port is taken'); }", 1, 'the port is taken\n'],
    ["async () => { throw new PolicyError('no such rule'); }", 2, 'no such rule\n'],
    ["() => Promise.reject('odd')", 1, 'odd\n'],
    [
      "async () => { throw new SettingsError([{ name: 'A', expected: 'a number' }]); }",
      2,
      'Bad settings:\n  A is not set: a number. Set it in the environment and start again.\n',
    ],
  ])('of %s is exit code %i', (main, status, stderr) => {
    expect(endOf(main)).toEqual({ status, stderr });
  });
});
