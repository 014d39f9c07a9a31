import { afterEach, describe, expect, it } from '@jest/globals';
import { appendFile, chmod, cp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder.js';
import { untrainedRelease, type UntrainedOptions } from '../../../test/support/untrained-release.js';
import type { Decision } from './decision.js';
import { ReleaseRegistry } from './release-registry.js';
import { Journal } from './store/journal.js';

const given = { by: 'ada', why: 'spec' };
const open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

async function folder(): Promise<string> {
  const made = await temporaryFolder();
  open.push(made);
  return made.path;
}

async function bundle(options: UntrainedOptions = {}): Promise<string> {
  const made = await untrainedRelease(options);
  open.push(made);
  return made.path;
}

async function start(directory: string, notices: string[] = []): Promise<ReleaseRegistry> {
  let nowMs = 1_000;
  const registry = await ReleaseRegistry.open({
    ...{ directory, clock: () => nowMs++, onNotice: (sentence) => notices.push(sentence) },
  });
  open.push({ [Symbol.asyncDispose]: () => registry.close() });
  return registry;
}

describe('a registry', () => {
  it('keeps bundles by digest, decisions with their evidence, and both over a restart', async () => {
    const directory = await folder();
    const first = await start(directory);
    const [one, two] = [await bundle({ releaseId: 'one' }), await bundle({ releaseId: 'two', intercept: 1 })];
    await first.add(one, given);
    await first.promote('one', { ...given, force: true });
    await first.add(two, given);
    await first.shadow('two', { ...given, share: 0.5 });
    const evidence = { auroc: { candidate: 0.86, champion: 0.85 } };
    await first.promote('two', { by: 'gate v1', why: 'better', evidence, automatic: true });
    const before = await first.releases();
    await first.close();
    const second = await start(directory);
    expect(await second.releases()).toEqual(before);
    expect(before.map(({ releaseId, state }) => [releaseId, state])).toEqual([
      ['one', 'retired'],
      ['two', 'champion'],
    ]);
    const promotion = second.decisions('two').at(-1)!;
    expect(promotion).toMatchObject({ action: 'promoted', by: 'gate v1', automatic: true, replaced: 'one' });
    expect(await second.readEvidence(promotion.evidence!)).toEqual(evidence);
    for (const name of await readdir(two))
      expect(await second.readFile('two', name)).toEqual(await readFile(join(two, name)));
    expect((await second.rollback(given)).releaseId).toBe('one');
    expect(second.champion()).toMatchObject({ releaseId: 'one', state: 'champion' });
  });

  it('takes the same bundle once, and no other one of its id', async () => {
    const registry = await start(await folder());
    const path = await bundle({ releaseId: 'one' });
    const added = await registry.add(path, given);
    expect(await registry.add(path, { by: 'bob', why: 'again' })).toEqual(added);
    expect(registry.decisions()).toHaveLength(1);
    const other = await bundle({ releaseId: 'one', intercept: 2 });
    await expect(registry.add(other, given)).rejects.toMatchObject({ code: 'id-taken' });
  });

  it('refuses decisions without who and why', async () => {
    const registry = await start(await folder());
    const path = await bundle();
    await expect(registry.add(path, { by: ' ', why: 'spec' })).rejects.toThrow('"by" is missing');
    await expect(registry.rollback({ by: 'ada', why: '' })).rejects.toThrow('"why" is missing');
    expect(registry.decisions()).toEqual([]);
  });

  it('refuses what is no bundle, with the reason, and keeps nothing of it', async () => {
    const directory = await folder();
    const registry = await start(directory);
    const path = join(await folder(), 'copy');
    const refused = async (change: () => Promise<void>, sentence: RegExp): Promise<void> => {
      await rm(path, { recursive: true, force: true });
      await cp(await bundle(), path, { recursive: true });
      await change();
      await expect(registry.add(path, given)).rejects.toThrow(sentence);
    };
    await refused(() => appendFile(join(path, 'risk.onnx'), 'x'), /risk\.onnx has SHA-256/);
    await refused(() => rm(join(path, 'encoder.onnx')), /no such file/);
    await refused(() => writeFile(join(path, 'notes.txt'), 'x'), /notes\.txt that its manifest does not name/);
    await refused(() => symlink('/etc/passwd', join(path, 'link')), /no plain file/);
    await refused(() => writeFile(join(path, 'manifest.json'), '{'), /is not JSON/);
    expect(await registry.releases()).toEqual([]);
    expect(await readdir(join(directory, 'staging'))).toEqual([]);
    expect(await readdir(join(directory, 'bundles'))).toEqual([]);
  });

  it('is open once', async () => {
    const directory = await folder();
    await start(directory);
    await expect(ReleaseRegistry.open({ directory })).rejects.toMatchObject({ code: 'in-use' });
  });

  it('says so when a file of its store was changed', async () => {
    const directory = await folder();
    const registry = await start(directory);
    await registry.add(await bundle({ releaseId: 'one' }), given);
    const { digest } = registry.files('one').find(({ name }) => name === 'risk.onnx')!;
    const path = join(directory, 'blobs', digest.slice(0, 2), digest);
    await chmod(path, 0o644);
    await appendFile(path, 'x');
    await expect(registry.readFile('one', 'risk.onnx')).rejects.toMatchObject({ code: 'damaged-store' });
    await expect(registry.readFile('one', '../journal.ndjson')).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('the journal', () => {
  it('takes nothing more when a line could neither be written nor taken away again', async () => {
    const { journal } = await Journal.open(join(await folder(), 'journal.ndjson'), () => undefined);
    const pinned: Decision = { action: 'pinned', sequence: 1, atMs: 1, releaseId: 'one', ...given };
    // a file that fails every call
    await journal.close();
    await expect(journal.append(pinned)).rejects.toMatchObject({ code: 'EBADF' });
    await expect(journal.append(pinned)).rejects.toMatchObject({
      ...{ code: 'damaged-store', message: expect.stringContaining('start the registry again') },
    });
  });

  async function written(): Promise<{ directory: string; path: string; text: string }> {
    const directory = await folder();
    const registry = await start(directory);
    await registry.add(await bundle({ releaseId: 'one' }), given);
    await registry.promote('one', { ...given, force: true });
    await registry.close();
    const path = join(directory, 'journal.ndjson');
    return { directory, path, text: await readFile(path, 'utf8') };
  }

  it('survives a torn last line wherever it was torn, says so, and goes on', async () => {
    const { directory, path, text } = await written();
    const lastLine = text.lastIndexOf('\n', text.length - 2) + 1;
    for (const cut of [lastLine + 1, Math.floor((lastLine + text.length) / 2), text.length - 1]) {
      await writeFile(path, text.slice(0, cut));
      const notices: string[] = [];
      const registry = await start(directory, notices);
      expect(notices).toEqual([expect.stringContaining('was torn by a crash')]);
      expect(registry.champion()).toBeUndefined();
      await registry.promote('one', { ...given, force: true });
      await registry.close();
      const again = await start(directory);
      expect(again.champion()?.releaseId).toBe('one');
      await again.close();
    }
  });

  it.each([
    [
      'changed',
      (lines: string[]) => [lines[0]!.replace('"ada"', '"eve"'), lines[1]!],
      'does not follow the line before',
    ],
    ['lost', (lines: string[]) => [lines[1]!], 'does not follow the line before'],
    ['no JSON', (lines: string[]) => ['{', lines[1]!], 'is no JSON object'],
    ['not understood', (lines: string[]) => [lines[0]!.replace('"added"', '"bought"'), lines[1]!], 'no decision'],
  ])('refuses a line that is %s', async (_, change, sentence) => {
    const { directory, path, text } = await written();
    await writeFile(path, `${change(text.trimEnd().split('\n')).join('\n')}\n`);
    await expect(ReleaseRegistry.open({ directory })).rejects.toMatchObject({
      ...{ code: 'damaged-store', message: expect.stringContaining(sentence) },
    });
  });
});
