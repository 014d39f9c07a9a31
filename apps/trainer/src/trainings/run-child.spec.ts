import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../../test/support/temporary-folder.js';
import type { ChildMessage } from './child-message.js';
import { runChild, type ChildEnd } from './run-child.js';
import { killStrayChild, rememberChild } from './stray-child.js';

const READY = { kind: 'phase', phase: 'windows' } as const;
/** Says that it is there, then does what its word says. */
const PROGRAM = `
const [what] = process.argv.slice(2);
const wait = setInterval(() => {}, 1e6);
const end = () => clearInterval(wait);
if (what === 'stays') process.on('SIGTERM', () => { console.log('stopped in order'); process.exit(130); });
if (what === 'with-parent') process.once('disconnect', end);
process.send(${JSON.stringify(READY)});
if (what === 'done') process.send({ kind: 'stay', stayId: 'person-1' });
if (what === 'done') { console.log('all is done'); process.channel.unref(); end(); }
if (what === 'fails') { console.error('it cannot'); process.exit(1); }
`;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  program = join(folder.path, 'program.mjs');
  await writeFile(program, PROGRAM);
});
afterEach(async () => folder[Symbol.asyncDispose]());

/** Runs the program; `onReady` is told when it has said that it is there. */
async function run(
  what: string,
  onReady: (abort: AbortController) => void = () => undefined,
): Promise<{ end: ChildEnd; messages: ChildMessage[]; printed: string }> {
  const messages: ChildMessage[] = [];
  const abort = new AbortController();
  const end = await runChild({
    ...{ program, words: [what], folder: folder.path, name: 'child', signal: abort.signal },
    onMessage: (message) => {
      messages.push(message);
      onReady(abort);
    },
  });
  return { end, messages, printed: await readFile(join(folder.path, 'child.log'), 'utf8') };
}

async function pidOf(): Promise<number> {
  const text = await readFile(join(folder.path, 'child.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return pidOf();
  return (JSON.parse(text) as { pid: number }).pid;
}

describe('runChild', () => {
  it('hands on what a child tells, keeps what it prints, and says how it ended', async () => {
    const { end, messages, printed } = await run('done');
    expect({ end, messages, printed }).toEqual({ end: { code: 0 }, messages: [READY], printed: 'all is done\n' });
    const failed = await run('fails');
    expect(failed.end).toEqual({ code: 1 });
    expect(failed.printed).toBe('it cannot\n');
    expect(existsSync(join(folder.path, 'child.json'))).toBe(false);
  });

  it('does its work where its log cannot be written', async () => {
    await mkdir(join(folder.path, 'child.log'));
    const abort = new AbortController();
    const task = { program, words: ['done'], folder: folder.path, name: 'child', signal: abort.signal };
    expect(await runChild({ ...task, onMessage: () => undefined })).toEqual({ code: 0 });
  });

  it('asks a child to stop, and tells a kill from a stop', async () => {
    const stopped = await run('stays', (abort) => abort.abort());
    expect(stopped).toMatchObject({ end: 'stopped', printed: 'stopped in order\n' });
    const killed = await run('stays', () => void pidOf().then((pid) => process.kill(pid, 'SIGKILL')));
    expect(killed.end).toBe('killed');
  });
});

describe('killStrayChild', () => {
  it('kills what a killed service left behind, and no other process', async () => {
    const child = fork(program, ['waits']);
    await once(child, 'message');
    const closed = once(child, 'close');
    // another process that has the number of the child that is looked for
    await writeFile(join(folder.path, 'child.json'), JSON.stringify({ pid: child.pid, startedAt: '1' }));
    await killStrayChild(folder.path);
    expect(child.signalCode).toBeNull();
    expect(existsSync(join(folder.path, 'child.json'))).toBe(false);
    await rememberChild(folder.path, child.pid!);
    await killStrayChild(folder.path);
    expect(await closed).toEqual([null, 'SIGKILL']);
    await killStrayChild(folder.path);
  });

  it('is not needed where the child goes with its parent', async () => {
    const child = fork(program, ['with-parent']);
    await once(child, 'message');
    const closed = once(child, 'exit');
    child.disconnect();
    expect(await closed).toEqual([0, null]);
  });
});
